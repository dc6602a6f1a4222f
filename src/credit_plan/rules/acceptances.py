"""Which findings `accepted.yaml` accepts, and what is wrong with that file itself.

This module has the manual pages of the two rules about that file, and applies them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from posixpath import basename

from credit_plan.diagnostics import Diagnostic, KeyPath, Rule, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.accepted import Acceptance
from credit_plan.models.draft import Draft, Located
from credit_plan.models.records import Task
from credit_plan.text import join_first, suggest

_UNUSED = Rule(
    "unused-acceptance",
    Severity.WARNING,
    """
Every entry of `accepted.yaml` accepts a finding that `check` has.

A warning or a notice that is right as it is, because the published table really prints that, is
accepted once, with the reason. It is then only counted; `credit-plan check --accepted` lists it. An
entry that accepts nothing any more would hide the same mistake when it is made again.

    accepted:
      - rule: half-width-mark
        ids: ["42"]
        quotes: [推动以下工作:有效杜绝有案]
        reason: 原表第42项目标栏此处印的就是半角冒号。

An entry accepts one finding of its `rule` at each of its `ids` (measures, tasks, indicators, units,
or `plan`), with exactly its `quotes`: the values that the finding is about. Where there are two
such findings, the id is listed twice. Line numbers do not matter. If one of the values changes, the
finding is there again. Below each warning there is the entry to copy; write the reason into it.
While the plan has errors, no entry is called unused: its finding may be missing because of them.

To fix it, delete the entry, or the id that is named. If the finding is still there and quotes other
values, look at it again before you copy its new `quotes`.
""".strip(),
    mildest=Severity.WARNING,
)
_WRONG = Rule(
    "wrong-acceptance",
    Severity.ERROR,
    """
Only warnings and notices are accepted in `accepted.yaml`, each with a reason in words.

A plan with an error cannot be used, whatever the reason, so an error cannot be accepted. Nor can an
acceptance that is unused. Questions are answered in spite of this error: no answer depends on
`accepted.yaml`.

    accepted:
      - rule: unknown-unit
        ids: ["13"]
        quotes: [市交通运输厅]
        reason: 原表如此。

To fix it, correct the data and delete the entry; or correct the name of the rule, or write the
reason.
""".strip(),
)
ACCEPTING = (_UNUSED, _WRONG)

_MAX_LISTED = 5

_PLAN = "plan"
"""The id of what is in `plan.yaml`."""

_Key = tuple[str, str, tuple[str, ...]]
"""The rule, the subject and the quotes of a finding."""


def apply_acceptances(
    draft: Draft, found: Iterable[Diagnostic], rules: Sequence[Rule]
) -> Iterator[Diagnostic]:
    """Yield what the rules have found, the accepted findings with their reasons.

    What is wrong with the acceptances themselves comes last.
    """
    wrong = {it.path[:2]: it for it in _find_wrong(draft, rules)}
    acceptances = _Acceptances([it for it in draft.accepted if it.path not in wrong])
    find_subject = _make_subject_finder(draft)
    has_errors = bool(wrong or draft.unread)
    for it in found:
        has_errors |= it.severity is Severity.ERROR
        may_be_accepted = it.quotes or it.rule in acceptances.rules
        yield acceptances.apply(replace(it, subject=find_subject(it)) if may_be_accepted else it)
    yield from wrong.values()
    # The finding that an entry is for may be missing because of an error.
    yield from acceptances.find_refused() if has_errors else acceptances.find_unused()


class _Acceptances:
    """The acceptances of a draft, and which of them were used."""

    def __init__(self, acceptances: Sequence[Located[Acceptance]]) -> None:
        self._all = acceptances
        self.rules = frozenset(it.record.rule for it in acceptances)
        self._by_key: dict[_Key, Located[Acceptance]] = {}
        for acceptance in acceptances:
            for key in _list_keys(acceptance.record):
                self._by_key.setdefault(key, acceptance)
        self._used: Counter[_Key] = Counter()
        self._left: dict[tuple[str, str], Diagnostic] = {}
        self._errors: dict[tuple[str, str], Diagnostic] = {}

    def apply(self, found: Diagnostic) -> Diagnostic:
        """Return a finding, with its reason if it is accepted."""
        key = (found.rule, found.subject, found.quotes)
        acceptance = self._find_free(key)
        if found.severity is Severity.ERROR or acceptance is None:
            others = self._errors if found.severity is Severity.ERROR else self._left
            if found.rule in self.rules:
                others.setdefault(key[:2], found)
            return found
        self._used[key] += 1
        return replace(found, accepted=acceptance.record.reason)

    def _find_free(self, key: _Key) -> Located[Acceptance] | None:
        """Return the acceptance of a finding; one that it names once does not accept a second."""
        acceptance = self._by_key.get(key)
        if acceptance is None or self._used[key] >= _list_keys(acceptance.record).count(key):
            return None
        return acceptance

    def find_refused(self) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each acceptance at whose id its rule finds an error instead."""
        for acceptance in self._all:
            keys = _list_keys(acceptance.record)
            refused = (self._errors.get(key[:2]) for key in keys if not self._used[key])
            if error := next(filter(None, refused), None):
                yield _refuse(acceptance, related=(error.file, error.path))

    def find_unused(self) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each acceptance that accepts nothing at one of its ids."""
        for acceptance in self._all:
            keys = _list_keys(acceptance.record)
            unused = [
                at
                for at, key in enumerate(keys)
                if self._by_key[key] is not acceptance or self._used[key] <= keys[:at].count(key)
            ]
            if unused:
                yield self._report_unused(acceptance, keys, unused)

    def _report_unused(
        self, acceptance: Located[Acceptance], keys: Sequence[_Key], unused: Sequence[int]
    ) -> Diagnostic:
        ids = join_first([keys[at][1] for at in unused], _MAX_LISTED)
        first = keys[unused[0]]
        related = None
        message = _("{rule} finds nothing at {ids} that quotes this")
        hint = _("delete these ids, or the entry if no other is left")
        if self._used[first]:
            message = _("{rule} at {ids} is accepted above already")
            related = self._by_key[first].at("rule")
        elif changed := self._left.get(first[:2]):
            message = _("what {rule} finds at {ids} now quotes other values")
            hint = _("look at the finding again; copy its new quotes, or delete the entry")
            related = changed.file, changed.path
        return Diagnostic(
            _UNUSED.name,
            *acceptance.at("ids", unused[0]),
            message.format(rule=first[0], ids=ids),
            hint,
            Severity.WARNING,
            related=related,
        )


def _list_keys(acceptance: Acceptance) -> list[_Key]:
    """Return the key of the finding that is accepted at each of the ids."""
    return [(acceptance.rule, it, acceptance.quotes) for it in acceptance.ids]


def _find_wrong(draft: Draft, rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each acceptance of what can never be accepted, or without a reason."""
    by_name = {rule.name: rule for rule in rules}
    for acceptance in draft.accepted:
        name = acceptance.record.rule
        rule = by_name.get(name)
        if rule is None:
            similar = suggest(name, by_name, most=1)
            message = _("there is no rule {rule}").format(rule=quote(name))
            hint = _("“credit-plan rules” lists all rules")
            if similar:
                hint = _("did you mean “{key}”?").format(key=similar[0])
            yield Diagnostic(_WRONG.name, *acceptance.at("rule"), message, hint)
        elif rule is _UNUSED or rule.mildest is Severity.ERROR:
            yield _refuse(acceptance)
        elif not re.search(r"\w", acceptance.record.reason):
            message = _("the reason is not given in words")
            hint = _("write why the finding is right as it is: what the published table prints")
            yield Diagnostic(_WRONG.name, *acceptance.at("reason"), message, hint)


def _refuse(
    acceptance: Located[Acceptance], related: tuple[str, KeyPath] | None = None
) -> Diagnostic:
    message = _("a finding of {rule} cannot be accepted").format(rule=acceptance.record.rule)
    if related:
        message = _("what {rule} finds there is an error").format(rule=acceptance.record.rule)
    hint = _("correct the data and delete this entry: only warnings and notices can be accepted")
    return Diagnostic(_WRONG.name, *acceptance.at("rule"), message, hint, related=related)


def _make_subject_finder(draft: Draft) -> Callable[[Diagnostic], str]:
    """Return a function that returns the id of what a finding is about, or the name of its file."""
    tasks = {it.file: it.record for it in draft.tasks}
    names: dict[tuple[str, KeyPath], str] = {}
    names |= {it.at(): it.record.id for it in draft.indicators}
    names |= {it.at(): it.record.measure for it in draft.entries}
    if draft.registry:
        units = enumerate(draft.registry.record.units)
        names |= {draft.registry.at("units", at): unit.name for at, unit in units}

    def find_subject(found: Diagnostic) -> str:
        task = tasks.get(found.file)
        if task is not None:
            return _name_in_task(task, found.path)
        if draft.metadata and found.file == draft.metadata.file:
            return _PLAN
        return names.get((found.file, found.path[:2]), basename(found.file))

    return find_subject


def _name_in_task(task: Task, path: KeyPath) -> str:
    """Return the id of the measure that a path leads to; elsewhere in a task, the task's own."""
    match path:
        case "measures", int(at), *_inside:
            return task.measure_id(task.measures[at])
        case _:
            return str(task.id)
