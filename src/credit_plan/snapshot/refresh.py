"""Check a plan, and bring its snapshot up to date: of the files, only the changed ones are read."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from credit_plan.diagnostics import MAX_PER_KIND, Diagnostic, Severity
from credit_plan.loader import locate
from credit_plan.loader.build import PlanBuilder
from credit_plan.loader.files import count_task_files
from credit_plan.loader.reader import Loaded, load, locate_in
from credit_plan.models.draft import Draft, Located
from credit_plan.models.records import Task
from credit_plan.rules import registry
from credit_plan.rules.acceptances import apply_acceptances
from credit_plan.rules.context import Context
from credit_plan.rules.outline import outline
from credit_plan.snapshot import encode, records, store
from credit_plan.snapshot.cache import Cache, Checked, Held, show_names
from credit_plan.snapshot.files import describe_file, sum_content
from credit_plan.snapshot.found import encode_found, share_words
from credit_plan.snapshot.lines import IndexEntry, iter_index
from credit_plan.snapshot.records import CheckedTask
from credit_plan.snapshot.writing import LineWriter
from credit_plan.yaml.parse import Parsed

_MANY = 1000
"""Files from which on only outlines of the tasks are kept in memory."""

_BASIC = frozenset({locate.PLAN, locate.UNITS, locate.INDICATORS})
"""Files that decide what all tasks mean."""


def check_incrementally(  # noqa: PLR0913  as `load` has it
    source: locate.Source,
    today: date,
    cache: Cache | None,
    unsaved: Mapping[Path, bytes] | None = None,
    *,
    for_check: bool = True,
    step: Callable[[], None] | None = None,
) -> Checked:
    """Return what is in the data and what is wrong with it; a sound plan gets its snapshot.

    There is no snapshot of `unsaved` content, which has no cache. `for_check` also looks at what
    changes no answer: accepted findings, and evidence. `step` is called as by `load`.
    """
    with ExitStack() as open_files:
        earlier = _Earlier.open(cache, source) if cache else None
        if earlier:
            open_files.callback(earlier.snapshot.close)
        keeper = _Keeper(source, cache, earlier)
        open_files.callback(keeper.discard)
        loaded = load(source, unsaved, today, for_check=for_check, reuse=keeper, step=step)
        if keeper.has_outlines and (loaded.draft.unread or loaded.diagnostics):
            # Where something is wrong with a file, the rules look at all of every task.
            keeper = _Keeper(source, None, None, keeps_all=True)
            loaded = load(source, unsaved, today, for_check=for_check, reuse=keeper, step=step)
        found = keeper.check(loaded, lambda: load(source, unsaved, reports=False).draft.tasks)
        is_sound = not any(it.severity is Severity.ERROR for it in found)
        held = keeper.count(loaded.draft)
        if is_sound and not loaded.diagnostics:
            keeper.commit(loaded, held, found if for_check else None)
    return Checked(loaded.files(), held, found)


class _Earlier:
    """What an earlier snapshot has of the files that have not changed since."""

    def __init__(self, snapshot: store.Snapshot, unchanged: set[str]) -> None:
        self.snapshot = snapshot
        self.sums: dict[str, int] = dict(json.loads(snapshot.read("recent")))
        data = json.loads(snapshot.read("data"))
        self.data = {name: it for name, it in data.items() if name in unchanged}
        self._unchanged = unchanged
        self._index = iter_index(snapshot)

    def find_task(self, name: str) -> tuple[CheckedTask, IndexEntry] | None:
        """Return what is known of an unchanged task, and where; raise one of DAMAGES.

        It is asked for the tasks in the order in which they were written.
        """
        for entry in self._index if name in self._unchanged else ():
            checked = records.decode_checked(json.loads(entry.read_for_check(self.snapshot)))
            if checked.name == name:
                return checked, entry
        return None

    @classmethod
    def open(cls, cache: Cache, source: locate.Source) -> "_Earlier | None":
        """Return what there is; None if a file has changed that decides what the others mean."""
        try:
            snapshot = cache.open()
        except store.DAMAGES:
            return None
        try:
            unchanged, changed = cache.compare(snapshot)
            is_shown_alike = snapshot.facts["shown as"] == show_names(source)
            if is_shown_alike and changed.isdisjoint(_BASIC):
                return cls(snapshot, unchanged)
        except store.DAMAGES:
            pass
        snapshot.close()
        return None


class _Keeper:
    """Takes what is known and what is read, checks each task by itself, and writes it down."""

    def __init__(
        self,
        source: locate.Source,
        cache: Cache | None,
        earlier: _Earlier | None,
        *,
        keeps_all: bool = False,
    ) -> None:
        self._source, self._cache, self._earlier = source, cache, earlier
        self._writer = store.Writer(cache.path) if cache else None
        self._keeps_all = keeps_all or count_task_files(source.folder, [locate.MEASURES]) <= _MANY
        self._context: Context | None = None
        self._builder: PlanBuilder | None = None
        self._lines: LineWriter | None = None
        self._data: dict[str, object] = {}
        self._recent = frozenset(cache.state.recent if cache else ())
        self._sums = earlier.sums if earlier else {}
        self._found: list[Diagnostic] = []
        self._milestones = 0
        self.has_outlines = False

    def find_data(self, name: str) -> object | None:
        """Return the data of an unchanged file that is no task."""
        return self._earlier.data.get(name) if self._earlier else None

    def note_content(self, name: str, content: bytes) -> None:
        """Keep the checksum of a file that can be changed again without a trace."""
        if name in self._recent:
            self._sums[name] = sum_content(content)

    def keep_data(self, name: str, data: object) -> None:
        """Keep the data of a file that was read."""
        self._data[name] = data

    def find_task(self, name: str, draft: Draft) -> Located[Task] | None:
        """Return what is known of an unchanged task, if it is enough for the reports there are."""
        context = self._begin(draft)
        if self._earlier is None:
            return None
        try:
            if not (known := self._earlier.find_task(name)):
                return None
            checked, entry = known
            if not checked.is_whole and checked.task.record.id in context.referred:
                return None
            if self._lines:
                self._lines.copy(checked, entry, self._earlier.snapshot)
        except store.DAMAGES:
            return None
        return self._note(checked)

    def keep(self, name: str, task: Located[Task], parsed: Parsed, draft: Draft) -> Located[Task]:
        """Check a task by itself; return its outline where there are many."""
        context = self._begin(draft)
        found = map(share_words, _locate_most([*registry.find_in_task(task, context)], parsed))
        reduced = outline(task, context) if context.draft.metadata else task
        milestones = sum(len(it.milestones) for it in task.record.measures)
        checked = CheckedTask(name, reduced, reduced is task, tuple(found), milestones)
        if self._lines:
            try:
                self._lines.add(checked, task.record, parsed.data)
            except KeyError:
                # A unit that is not registered: there is an error, and no snapshot.
                self.discard()
        kept = checked._replace(task=task, is_whole=True) if self._keeps_all else checked
        return self._note(kept)

    def check(
        self, loaded: Loaded, read_tasks: Callable[[], tuple[Located[Task], ...]]
    ) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong, by place; `read_tasks` returns the whole tasks."""
        context = Context(loaded.draft, read_tasks if self.has_outlines else None)
        found = [*registry.find_in_plan(context), *self._found]
        for task in loaded.draft.tasks:
            # What could be read of a faulty file has not been kept.
            if task.file in loaded.faulty or task.file in loaded.draft.unread:
                found += registry.find_in_task(task, context)
        accepted = apply_acceptances(loaded.draft, found, registry.RULES)
        return tuple(sorted((*loaded.diagnostics, *loaded.locate(accepted))))

    def count(self, draft: Draft) -> Held:
        """Return how many of everything there are."""
        measures = [it for task in draft.tasks for it in task.record.measures]
        milestones = self._milestones
        if not self.has_outlines:
            milestones = sum(len(it.milestones) for it in measures)
        units = draft.registry.record.units if draft.registry else ()
        others = len(units), len(draft.indicators), len(draft.entries)
        return Held(len(draft.tasks), len(measures), milestones, *others)

    def commit(self, loaded: Loaded, held: Held, found: tuple[Diagnostic, ...] | None) -> None:
        """Write the rest of the snapshot, and put it in its place; `found` are those of `check`."""
        if not (self._cache and self._writer and self._lines and self._builder):
            return
        # Which findings are accepted is no matter to a question, which does not read it.
        recent = self._recent if found is not None else self._recent - {locate.ACCEPTED}
        if not self._sums.keys() >= recent:
            # Nobody knows what was read of a file that can be changed again without a trace.
            return
        plan = self._builder.build((), (), self._lines.finish())
        shown = show_names(self._source)
        data = (self._earlier.data if self._earlier else {}) | self._data
        self._writer.write_part("files", self._cache.encode_state())
        self._writer.write_part(
            "recent", encode.dump([[it, self._sums[it]] for it in sorted(recent)])
        )
        self._writer.write_part("plan", encode.dump(encode.encode_header(plan)))
        self._writer.write_part("data", encode.dump(data))
        if found is not None:
            self._write_found(shown, loaded.draft.evidence or (), held, found)
        if self._earlier:
            # Windows replaces no file that is open.
            self._earlier.snapshot.close()
        self._writer.commit(self._cache.facts | {"shown as": shown})

    def _write_found(
        self, shown: str, evidence: Iterable[str], held: Held, found: tuple[Diagnostic, ...]
    ) -> None:
        """Write what a later `check` on this day answers, if no evidence changes by then."""
        if self._cache and self._writer:
            states = {name: describe_file(self._cache.folder, name) for name in evidence}
            # What was changed after the files were listed may have been read before.
            if all(changed <= self._cache.state.limit for changed, _state in states.values()):
                of_files = [[name, state] for name, (_changed, state) in states.items()]
                self._writer.begin("found")
                # In lines, so that a reader has one of them at a time.
                for it in ([shown, self._cache.today, of_files, held], *map(encode_found, found)):
                    self._writer.write(encode.dump(it) + b"\n")

    def discard(self) -> None:
        """Give up the snapshot, unless it is in its place."""
        self._lines = None
        if self._writer:
            self._writer.discard()

    def _begin(self, draft: Draft) -> Context:
        """Return the context of the rules on one task; begin the snapshot with the first."""
        if self._context is None:
            self._context = Context(draft)
            if self._writer and draft.metadata and draft.registry:
                self._builder = PlanBuilder(draft.metadata.record, draft.registry.record, draft)
                self._lines = LineWriter(self._writer, self._builder)
        return self._context

    def _note(self, checked: CheckedTask) -> Located[Task]:
        self.has_outlines |= not checked.is_whole
        self._found += checked.found
        self._milestones += checked.milestones
        return checked.task


def _locate_most(found: list[Diagnostic], parsed: Parsed) -> Iterator[Diagnostic]:
    """Yield findings with their locations; of many, and of two files, these are found later."""
    for it in found:
        is_alone = it.related is None or it.related[0] == it.file
        yield locate_in(parsed, it) if is_alone and len(found) <= MAX_PER_KIND else it
