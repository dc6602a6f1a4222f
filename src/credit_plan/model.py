"""The records of the plan: frozen, validated, and named as the published table names them.

Field values are the source's own words. Every scalar reaches these models as text, so that
nothing is read by YAML's rules (`1.10`, `no`, `012`, dates) and everything by the plan's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from typing import Annotated, Final, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from credit_plan import dates

_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER: Final = re.compile(r"[1-9][0-9]*(-[1-9][0-9]*)?")


def _whole(value: object) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("whole_number", "not a whole number")


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("iso_date", "not a date")
    try:
        return dates.iso(value)
    except dates.NotADateError as error:
        raise PydanticCustomError("iso_date", "{why}", {"why": str(error)}) from None


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "neither true nor false")


def _printed_number(value: object) -> object:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticCustomError("printed_number", "not a printed number")
    return value


def _not_empty(value: object) -> object:
    # Before the entries are looked at: pydantic's own min_length counts only the valid ones,
    # and would call a list empty in which each entry has a fault of its own.
    if value in ([], "", None):
        raise PydanticCustomError("empty", "empty")
    return value


NotEmpty = BeforeValidator(_not_empty)
Whole = Annotated[int, BeforeValidator(_whole)]
Count = Annotated[int, BeforeValidator(_whole), Field(ge=1)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, NotEmpty]
PrintedNumber = Annotated[str, BeforeValidator(_printed_number)]
Names = Annotated[tuple[Text, ...], NotEmpty]


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


RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Filed(Generic[RecordT]):
    """A record and the file it was read from, named as a user would name it."""

    file: str
    record: RecordT


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each kind of record."""

    tasks: int
    measures: int
    milestones: int
    units: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that could be read, before anyone has judged whether it is sound.

    `unread` names the files that are no record. Of some of them a task could be salvaged, which
    is in `tasks` all the same, with harmless values in the place of the wrong ones.
    """

    facts: Filed[Facts] | None
    registry: Filed[Registry] | None
    tasks: tuple[Filed[Task], ...]
    unread: frozenset[str] = frozenset()

    def counts(self) -> Counts:
        """How much could be read."""
        every = [measure for _filed, _index, measure in measures(self.tasks)]
        return Counts(
            len(self.tasks),
            len(every),
            sum(len(measure.milestones) for measure in every),
            len(self.registry.record.units) if self.registry else 0,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """表: the whole table, sound, its tasks in the order of their numbers."""

    facts: Facts
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]


def measures(tasks: tuple[Filed[Task], ...]) -> Iterator[tuple[Filed[Task], int, Measure]]:
    """Every measure of the tasks with its file and its index in it."""
    for filed in tasks:
        for index, measure in enumerate(filed.record.measures):
            yield filed, index, measure
