"""What `record` refuses, `check` refuses where somebody has written it into the file by hand."""

from __future__ import annotations

import json
from random import Random

import yaml

from credit_plan.models.draft import task_file, task_number
from credit_plan.models.values import MAX_REMARK
from credit_plan.reporting.reported import Reported
from credit_plan.reporting.resolve import resolve
from credit_plan.yaml.parse import parse_bytes
from tests.damages import Damage
from tests.fuzz.attack import Case, expect
from tests.fuzz.bench import Bench
from tests.fuzz.intake import AT
from tests.fuzz.mutations import NASTY_TEXTS, ODD_VALUES, put_in
from tests.fuzz.reading import errors_of
from tests.fuzz.sheets import CELLS, draw_object
from tests.mutants import damaged

_ODD_TEXTS = tuple(
    it for it in (*CELLS, *ODD_VALUES) if isinstance(it, str) and 0 < len(it.strip()) <= MAX_REMARK
)
_SHA256 = "0" * 64


def draw(bench: Bench, chance: Random) -> Case:
    """Return a report as JSON, in which one text is odd."""
    report = draw_object(bench, chance)
    report |= {"status": "done", "on": "2026-01-05"}  # what is done is not reopened
    odd = chance.choice(_ODD_TEXTS)
    name = chance.choice([*report, "evidence", "evidence", "note"])
    match report.get(name):
        case str() as text if chance.random() < 0.5:
            report[name] = put_in(text, chance.choice(NASTY_TEXTS), chance)
        case dict() as values:
            values[chance.choice([*values, odd])] = odd
        case list():
            address = "https://a.cn/1?b=c"
            report[name] = [
                chance.choice((odd, put_in(address, chance.choice(NASTY_TEXTS), chance)))
            ]
        case _:
            report[name] = [odd] if name == "evidence" else odd
    return Case(json.dumps(report).encode())


def judge(bench: Bench, case: Case) -> None:
    """Give a report to `record`; where that refuses it, put it into the file and check that."""
    report = json.loads(case.content)
    values = {name: str(figure) for name, figure in report.pop("values", {}).items()}
    evidence = report.pop("evidence", [])
    given = Reported(**report, values=tuple(values.items()), evidence=tuple(evidence))
    mistakes = resolve(bench.plan, bench.source, given, AT)
    if not isinstance(mistakes, tuple):
        return
    entry = report | {"values": values, "recorded": AT.isoformat()}
    forms = [[{"url": it} for it in evidence], [{"file": it, "sha256": _SHA256} for it in evidence]]
    for shown in forms if evidence else [[]]:
        held = entry | {"evidence": shown}
        file = f"progress/{task_file(_task(bench, report.get('measure', '')))}"
        tree = parse_bytes(bench.files[file]).data
        tree["entries"].append({key: it for key, it in held.items() if it})
        content = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()
        with damaged(bench.source.folder / file, Damage(content)):
            _loaded, found = bench.examine()
        fields = {it.field for it in mistakes}
        expect(errors_of(found), f"what record refuses in {fields} check refuses", (held, mistakes))


def _task(bench: Bench, measure: str) -> int:
    """Return the task of a measure, or any where it has none."""
    tasks = {it.id: task_number(it.id) for it in bench.plan.measures}
    return tasks.get(measure, 1)
