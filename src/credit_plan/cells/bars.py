"""Cells that are drawn: the bars of `summary` and `status`."""

from dataclasses import dataclass

from credit_plan.cells import CellValue, Line, plain_line
from credit_plan.i18n import _


@dataclass(frozen=True, slots=True)
class Bar(CellValue):
    """A count, drawn in proportion to the largest of its column."""

    count: int
    maximum: int

    def lines(self) -> tuple[Line, ...]:
        """Return the count."""
        return (plain_line(str(self.count)),)

    def data(self) -> object:
        """Return the count."""
        return self.count


@dataclass(frozen=True, slots=True)
class Lights(CellValue):
    """How many of something have each light, drawn in proportion to the largest of the column.

    Without a maximum nothing is drawn, and people read only the counts.
    """

    red: int
    yellow: int
    green: int
    maximum: int | None = None

    def lines(self) -> tuple[Line, ...]:
        """Return the three counts: `2·1·0`, in Chinese with their lights where there is a bar."""
        if self.maximum is None:
            return (plain_line("·".join(map(str, self.data().values()))),)
        return (plain_line(_("{red}·{yellow}·{green}").format(**self.data())),)

    def data_line(self) -> Line:
        """Return the three counts with the Chinese names of their lights, in every language."""
        return plain_line(f"红{self.red} 黄{self.yellow} 绿{self.green}")

    def data(self) -> dict[str, int]:
        """Return the counts by their lights."""
        return {"red": self.red, "yellow": self.yellow, "green": self.green}
