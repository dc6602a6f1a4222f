"""What all questions share: their options, the plan, the filters, and where the answer goes."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from credit_plan.cli import options as o
from credit_plan.cli import standing_options as s
from credit_plan.terms import WITHIN, Role

if TYPE_CHECKING:
    from credit_plan.models.draft import Plan
    from credit_plan.selection.asked import Asked
    from credit_plan.table import Report

_FILTERS: Final[dict[str, tuple[Any, Any]]] = {
    "before": (o.Before, None),
    "after": (o.After, None),
    "units": (o.Units, None),
    "role": (o.RoleOption, Role.ANY),
    "chapters": (o.Chapters, None),
    "tasks": (o.Tasks, None),
    "states": (s.States, None),
    "only_open": (s.OnlyOpen, False),
    "within": (s.Within, WITHIN),
}
"""Each filter's option and what it is when it is not given; named as `query.ask` names them."""

_SHARED: Final[dict[str, tuple[Any, Any]]] = {
    "as_of": (o.AsOf, None),
    "form": (o.Format, None),
    "output": (o.Output, None),
    "data": (o.Data, None),
    "verbose": (o.Verbose, False),
}


@dataclass(frozen=True)
class Question:
    """A sound plan, the day for which an answer is wanted, and the filters as they were given."""

    plan: "Plan"
    day: date
    given: dict[str, Any]

    def asked(self, **fixed: Any) -> "Asked":  # noqa: ANN401  the filters' own types
        """What the filters mean in this plan; `fixed` are those that the command itself sets."""
        from credit_plan import query  # noqa: PLC0415  spares --help the import

        return query.ask(self.plan, day=self.day, **(self.given | fixed))


def question(*filters: str) -> Callable[[Callable[..., "Report"]], Callable[..., None]]:
    """Makes a command of a function that answers a Question with a Report.

    The command has the function's own parameters, the filters named, and what all share.
    """
    taken = {name: _FILTERS[name] for name in filters}

    def decorate(answer: Callable[..., "Report"]) -> Callable[..., None]:
        def run(**given: Any) -> None:  # noqa: ANN401  typer fills in what the signature says
            shared = {name: given.pop(name) for name in _SHARED}
            chosen = {name: given.pop(name) for name in taken}
            _answer(answer, chosen, given, **shared)

        own = list(inspect.signature(answer).parameters.values())[1:]
        parameters = [*own, *map(_parameter, taken.items()), *map(_parameter, _SHARED.items())]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {it.name: it.annotation for it in parameters}
        return run

    return decorate


def _parameter(option: tuple[str, tuple[Any, Any]]) -> Parameter:
    name, (annotation, default) = option
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _answer(
    answer: Callable[..., "Report"],
    chosen: dict[str, Any],
    given: dict[str, Any],
    as_of: date | None,
    form: o.ReportFormat | None,
    output: Path | None,
    data: Path | None,
    verbose: bool,
) -> None:
    """Opens the plan, has the question answered, and puts the answer where it is wanted."""
    from credit_plan import formatters  # noqa: PLC0415
    from credit_plan.cli.console import detect_screen, echo_err, today, write_output
    from credit_plan.cli.data import load_plan  # noqa: PLC0415

    written_as = o.format_of(form, output, formatters.REPORT_FORMATS)
    plan = load_plan(data, verbose=verbose)
    report = answer(Question(plan, as_of or today(), chosen), **given)
    write_output(formatters.format_report(report, written_as, detect_screen(output)), output)
    for remark in report.remarks:
        echo_err(remark)
