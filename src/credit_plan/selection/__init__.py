"""What a question leaves of the plan: the values that `query` makes and `report` shows."""

from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import (
    Due,
    Duty,
    Hit,
    Obligation,
    Passage,
    Search,
    TaskDuties,
    UnitDuties,
)
from credit_plan.selection.progress import (
    Figures,
    History,
    Missing,
    Promise,
    Silence,
    StateTally,
    Status,
)
from credit_plan.selection.tallies import ChapterTally, Summary, UnitTally, YearTally

__all__ = [
    "Asked",
    "ChapterTally",
    "Due",
    "Duty",
    "Figures",
    "History",
    "Hit",
    "Missing",
    "Obligation",
    "Passage",
    "Promise",
    "Search",
    "Selection",
    "Silence",
    "StateTally",
    "Status",
    "Summary",
    "TaskDuties",
    "UnitDuties",
    "UnitTally",
    "YearTally",
]
