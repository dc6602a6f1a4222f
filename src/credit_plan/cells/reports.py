"""What a report gives beside its words: figures and evidence."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from credit_plan.cells import CellValue, Line, plain_line
from credit_plan.text import format_figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure: its code for machines, and its name and unit for people."""

    code: str
    label: str
    value: Decimal
    unit: str

    @property
    def text(self) -> str:
        """Return the name and the figure with its unit."""
        return f"{self.label} {format_figure(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Figures(CellValue):
    """Several figures, which are values by their codes for machines."""

    entries: tuple[Figure, ...]
    is_list: ClassVar[bool] = True
    has_codes: ClassVar[bool] = True

    def lines(self) -> tuple[Line, ...]:
        """Return a line for each figure."""
        return tuple(plain_line(figure.text) for figure in self.entries)

    def data(self) -> object:
        """Return the values by their codes."""
        return {figure.code: figure.value for figure in self.entries}

    def data_line(self) -> Line:
        """Return the codes and values, as `record` reads them."""
        pairs = (f"{figure.code}={format_figure(figure.value)}" for figure in self.entries)
        return plain_line("; ".join(pairs))


@dataclass(frozen=True, slots=True)
class EvidenceRef(CellValue):
    """The evidence for a report: an address, or a file with its SHA-256."""

    place: str
    sha256: str | None = None

    def lines(self) -> tuple[Line, ...]:
        """Return the address or the file."""
        return (plain_line(self.place),)

    def data(self) -> object:
        """Return the address, or the file with its SHA-256."""
        return {"file": self.place, "sha256": self.sha256} if self.sha256 else {"url": self.place}
