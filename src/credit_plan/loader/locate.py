"""Find the folder that holds the data: named, in or above the working folder, or bundled."""

import os
from pathlib import Path
from typing import NamedTuple

from credit_plan.errors import NoDataError, UnknownNameError
from credit_plan.i18n import _

PLAN = "plan.yaml"
UNITS = "units.yaml"
RECORDS = (PLAN, UNITS)
"""The files that every plan has beside the folder `measures`."""

INDICATORS = "indicators.yaml"
"""The file of the indicators, if the plan has any."""

ACCEPTED = "accepted.yaml"
"""The file of the findings that are accepted, if there are any."""

FILES = (*RECORDS, INDICATORS, ACCEPTED)
"""Every file of a plan outside its folders."""

MEASURES = "measures"
PROGRESS = "progress"
FOLDERS = (MEASURES, PROGRESS)
"""The folders with one file per task: its measures, and the reports on them."""

EVIDENCE = "evidence"
"""The folder with the evidence of reports."""

_PACKAGE = Path(__file__).parents[1]
_BUNDLED = (_PACKAGE / "data", _PACKAGE.parents[1] / "data")
"""The data inside an installed wheel, and that of the checkout for an editable install."""


class Source(NamedTuple):
    """A folder with `plan.yaml`, `units.yaml` and `measures/`; the program brings one.

    `label` replaces the folder in the names of its files, such as `HEAD~1:data/`.
    """

    folder: Path
    bundled: bool
    label: str = ""

    def display(self, file: Path) -> str:
        """Return the name of a file as a user in the working folder would write it."""
        if self.label:
            return self.label + file.relative_to(self.folder).as_posix()
        try:
            here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118  thousands of files
        except FileNotFoundError:
            # In a folder that is gone.
            here = ""
        return str(file).removeprefix(here).replace(os.sep, "/")


def find_data(named: Path | None) -> Source:
    """Return the data to answer from; raise NoDataError where `named` holds none."""
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
    raise NoDataError(_("the bundled data is missing: reinstall credit-plan"))


def find_containing(path: Path) -> Source:
    """Return the data that a path belongs to, or that its subfolder `data` holds.

    Raise UnknownNameError where neither the path nor a folder above it has a folder `measures`.
    A path that does not exist is looked for in the nearest data.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100  “..” has no parents of its own
    for folder in (whole / "data", whole, *whole.parents):
        if (folder / MEASURES).is_dir():
            return _source(folder)
    if not whole.exists():
        return find_data(None)
    message = _("{path} is not part of a plan: no folder above it has a folder “measures”")
    raise UnknownNameError(message.format(path=path), ())


def normalize(path: Path) -> Path:
    """Return a path that can be compared: links are followed, except for the file itself."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def leads_outside(path: Path, folder: Path) -> bool:
    """Return whether a path in the data folder is a link to a place outside of it."""
    # realpath also answers for a link to itself, of which Path.resolve makes an exception.
    place, data = os.path.realpath(path), os.path.realpath(folder)
    return path.is_symlink() and not Path(place).is_relative_to(data)


def is_plan_file(path: Path) -> bool:
    """Return whether a path is a file or folder of some plan, or would be one if it existed.

    Evidence is one as soon as it exists: a report has its checksum.
    """
    place = Path(os.path.realpath(path))
    return any((it / MEASURES).is_dir() and _belongs_to(place, it) for it in place.parents)


def unknown_file(source: Source, path: Path) -> UnknownNameError:
    """Return the error for a path that is not a file of the plan, with similar files."""
    message = _("{path} does not exist")
    if path.exists():
        message = _("{path} is not a file of the plan in {folder}")
    names = [*(f"{folder}/{path.stem.zfill(2)}.yaml" for folder in FOLDERS), f"{path.stem}.yaml"]
    near = (source.folder / name for name in names)
    candidates = tuple(source.display(file) for file in near if file.is_file() and file != path)
    return UnknownNameError(message.format(path=path, folder=source.folder), candidates)


def _belongs_to(place: Path, folder: Path) -> bool:
    """Return whether a place in a data folder is of the plan, by its name or through a link."""
    # Windows and macOS know no difference between small and capital letters.
    first, *others = (part.lower() for part in place.relative_to(folder).parts)
    if not others:
        is_named = first in (*FILES, *FOLDERS, EVIDENCE)
    else:
        is_named = first in FOLDERS or (first == EVIDENCE and place.exists())
    if is_named:
        return True
    inside = (path for name in FOLDERS for path in (folder / name).glob("*.yaml"))
    own = (folder / name for name in (*FILES, *FOLDERS))
    links = (path for path in (*own, *inside) if path.is_symlink())
    return any(place.is_relative_to(os.path.realpath(link)) for link in links)


def _inside(named: Path) -> Path:
    """Return the data folder that a user names, directly or by the folder that holds it."""
    for folder in (named, named / "data"):
        if (folder / MEASURES).is_dir():
            return folder.absolute()
    if not named.exists():
        raise NoDataError(_("{folder} does not exist").format(folder=named))
    raise NoDataError(_no_measures(named))


def _no_measures(folder: Path) -> str:
    message = _("{folder} contains no plan: it has no folder “measures”")
    return message.format(folder=folder)


def _source(folder: Path) -> Source:
    """Return the data in a folder; raise NoDataError if its measures are a link to elsewhere."""
    measures = folder / MEASURES
    if leads_outside(measures, folder):
        message = _("{folder} is a link to a folder outside the data")
        raise NoDataError(message.format(folder=measures))
    return Source(folder, bundled=False)
