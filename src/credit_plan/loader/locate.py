"""Find the folder that holds the data: named, in or above the working folder, or bundled."""

import os
from dataclasses import dataclass
from pathlib import Path

from credit_plan.errors import NoDataError, UnknownNameError
from credit_plan.i18n import _

PLAN = "plan.yaml"
UNITS = "units.yaml"
RECORDS = (PLAN, UNITS)
"""The files beside the folder `measures` that a plan cannot do without."""

INDICATORS = "indicators.yaml"
"""The file beside them that a plan has which promises figures."""

FILES = (*RECORDS, INDICATORS)
"""Every file of a plan that is in none of its folders."""

MEASURES = "measures"
PROGRESS = "progress"
FOLDERS = (MEASURES, PROGRESS)
"""The folders with a file per task: what the plan says of it, and what was reported since."""

EVIDENCE = "evidence"
"""The folder with the files that show what was reported."""

_PACKAGE = Path(__file__).parents[1]
_BUNDLED = (_PACKAGE / "data", _PACKAGE.parents[1] / "data")
"""The data inside an installed wheel, and that of the checkout for an editable install."""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder with `plan.yaml`, `units.yaml` and `measures/`; the program brings one.

    `label` stands for the folder in the names of its files, where its own name says nothing:
    `HEAD~1:data/`.
    """

    folder: Path
    bundled: bool
    label: str = ""

    def display(self, file: Path) -> str:
        """The name of a file as a user in the working folder would write it."""
        if self.label:
            return self.label + file.relative_to(self.folder).as_posix()
        try:
            here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118  thousands of files
        except FileNotFoundError:
            # In a folder that is gone.
            here = ""
        return str(file).removeprefix(here).replace(os.sep, "/")


def find_data(named: Path | None) -> Source:
    """The data to answer from; raises NoDataError where `named` holds none."""
    if named is not None:
        return _source(_inside(named))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / MEASURES).is_dir():
            return _source(folder / "data")
        if any((folder / "data" / name).exists() for name in RECORDS):
            raise NoDataError(_no_measures(folder / "data"))
    for data in _BUNDLED:
        if (data / MEASURES).is_dir():
            return Source(data, bundled=True)
    raise NoDataError(_("this installation has lost its data: install credit-plan again"))


def find_containing(path: Path) -> Source:
    """The data that a file or a folder belongs to, or that is in `data` in it.

    Raises UnknownNameError where no folder above the path, nor it itself, has a folder `measures`.
    Of a path that does not exist somebody meant the nearest data, and will be told what is there.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100  “..” has no parents of its own
    for folder in (whole / "data", whole, *whole.parents):
        if (folder / MEASURES).is_dir():
            return _source(folder)
    if not whole.exists():
        return find_data(None)
    message = _("{path} belongs to no plan: no folder above it has a folder “measures”")
    raise UnknownNameError(message.format(path=path), ())


def normalize(path: Path) -> Path:
    """A path as it can be compared: links are followed, but not that of the file itself."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def unknown_file(source: Source, path: Path) -> UnknownNameError:
    """Return the error for a path that is no file of the plan, with the file that may be meant."""
    message = _("{path} does not exist")
    if path.exists():
        message = _("{path} is no file of the plan in {folder}")
    names = [*(f"{folder}/{path.stem.zfill(2)}.yaml" for folder in FOLDERS), f"{path.stem}.yaml"]
    near = (source.folder / name for name in names)
    candidates = tuple(source.display(file) for file in near if file.is_file() and file != path)
    return UnknownNameError(message.format(path=path, folder=source.folder), candidates)


def _inside(named: Path) -> Path:
    """The data folder meant by a user, who may name it or the folder that holds it."""
    for folder in (named, named / "data"):
        if (folder / MEASURES).is_dir():
            return folder.absolute()
    if not named.exists():
        raise NoDataError(_("{folder} does not exist").format(folder=named))
    raise NoDataError(_no_measures(named))


def _no_measures(folder: Path) -> str:
    message = _("{folder} holds no plan: there is no folder “measures” in it")
    return message.format(folder=folder)


def _source(folder: Path) -> Source:
    """The data in a folder; raises NoDataError where its measures are not in it but elsewhere."""
    measures = folder / MEASURES
    if measures.is_symlink() and not measures.resolve().is_relative_to(folder.resolve()):
        message = _("{folder} is a link that leads out of the data")
        raise NoDataError(message.format(folder=measures))
    return Source(folder, bundled=False)
