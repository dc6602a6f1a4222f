"""What a report is made of: typed cells in columns that have a key and a heading."""

from credit_plan.table.cells import (
    Bar,
    Cell,
    Changed,
    Chart,
    DatedText,
    Figure,
    Figures,
    Lights,
    Marked,
    Proof,
    Term,
)
from credit_plan.table.report import (
    Column,
    Layout,
    Report,
    Row,
    Show,
    Table,
)

__all__ = [
    "Bar",
    "Cell",
    "Changed",
    "Chart",
    "Column",
    "DatedText",
    "Figure",
    "Figures",
    "Layout",
    "Lights",
    "Marked",
    "Proof",
    "Report",
    "Row",
    "Show",
    "Table",
    "Term",
]
