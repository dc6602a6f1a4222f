"""The records of the plan: frozen, validated, and named as the published table names them.

Field values are the source's own words.
"""

from enum import StrEnum, unique
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from credit_plan.model.values import Count, Day, Flag, Names, NotEmpty, PrintedNumber, Text, Whole


class Record(BaseModel):
    """What all records share: they cannot be changed, and they know no key but their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Deadline(Record):
    """完成时限: the printed words, the last day they mean, and whether the duty goes on after."""

    text: Text
    by: Day
    ongoing: Flag = False


class Milestone(Record):
    """A passage of a target, word for word, that names a year-end to be reached."""

    by: Day
    text: Text


class Measure(Record):
    """具体实施措施: one numbered item of a task, with its target, its units and its deadline."""

    number: Annotated[PrintedNumber | None, NotEmpty] = None
    text: Text
    target: Text
    milestones: Annotated[tuple[Milestone, ...], NotEmpty] = ()
    lead: Names
    responsible: Annotated[tuple[Text, ...], NotEmpty] = ()
    deadline: Deadline
    page: Count
    note: Annotated[Text | None, NotEmpty] = None


class Task(Record):
    """规划任务: one row of the table (序号) and one file of the data."""

    id: Count
    chapter: Count
    task: Text
    measures: Annotated[tuple[Measure, ...], NotEmpty]

    def measure_id(self, measure: Measure) -> str:
        """`7.5`; the task's own number where its single measure has none."""
        return str(self.id) if measure.number is None else f"{self.id}.{measure.number}"


@unique
class Kind(StrEnum):
    """What sort of body a unit is; a group is a collective whose members are not named."""

    GOVERNMENT = "government"
    PARTY = "party"
    COURT_AND_PROCURATORATE = "court-and-procuratorate"
    FINANCE = "finance"
    CUSTOMS_AND_TAX = "customs-and-tax"
    TOWN = "town"
    PEOPLE_ORGANISATION = "people-organisation"
    GROUP = "group"


class Unit(Record):
    """单位: the name used in answers, and the other names that mean the same body."""

    name: Text
    kind: Kind
    aliases: Annotated[tuple[Text, ...], NotEmpty] = ()


class Registry(Record):
    """`units.yaml`: every unit that the plan names."""

    units: Annotated[tuple[Unit, ...], NotEmpty]


class Chapter(Record):
    """所在章节, with the numbers of tasks and measures that the published table has in it."""

    number: Count
    title: Text
    tasks: Whole
    measures: Whole


class Period(Record):
    """The years that the plan is for, the first and the last included."""

    name: Text
    first: Count
    last: Count


class Facts(Record):
    """`plan.yaml`: what the published table is, and how much it holds."""

    title: Text
    city: Text
    period: Period
    pages: Count
    tasks: Whole
    measures: Whole
    chapters: Annotated[tuple[Chapter, ...], NotEmpty]
