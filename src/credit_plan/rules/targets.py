"""The targets of the indicators, each with the measure whose text promises it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from credit_plan import text
from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import TEXT_STAND_IN, Located
from credit_plan.models.indicators import Indicator, Target
from credit_plan.rules.measures import LocatedMeasure


@dataclass(frozen=True, slots=True)
class LocatedTarget:
    """A target with its indicator and its index there.

    `measure` is None if the indicator's measure is unknown or uncertain.
    """

    indicator: Located[Indicator]
    index: int
    record: Target
    measure: LocatedMeasure | None

    def at(self, *keys: str | int) -> tuple[str, KeyPath]:
        """Return the file and the path of a value in the target, as a Diagnostic takes them."""
        return self.indicator.at("goals", self.index, *keys)

    @property
    def is_printed(self) -> bool:
        """Return whether its text occurs in its measure; True where that cannot be judged."""
        if self.measure is None:
            return True
        return occurs_in(self.record.text, self.measure) or TEXT_STAND_IN in _texts(self.measure)


def iter_targets(
    indicators: Iterable[Located[Indicator]], by_id: Mapping[str, LocatedMeasure]
) -> Iterator[LocatedTarget]:
    """Yield every target of the indicators, with its measure of those by id."""
    for indicator in indicators:
        measure = by_id.get(indicator.record.measure)
        for index, target in enumerate(indicator.record.goals):
            yield LocatedTarget(indicator, index, target, measure)


def occurs_in(passage: str, measure: LocatedMeasure) -> bool:
    """Tell whether a passage occurs word for word in the task, text or target of a measure.

    Stray spaces are ignored; another rule reports them.
    """
    wanted = text.remove_stray_spaces(passage)
    return any(wanted in text.remove_stray_spaces(words) for words in _texts(measure))


def _texts(measure: LocatedMeasure) -> tuple[str, str, str]:
    return measure.task.record.task, measure.record.text, measure.record.target
