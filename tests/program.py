"""Run `credit-plan` as a user does, without starting Python anew each time.

A server imports the program once and forks for each run. The child has the folder, the words, the
environment and the standard streams of that run, and it ends as any process of Python does. Where
there is no fork, and where the environment changes how Python starts, a run is a process by itself.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Self

import credit_plan
from credit_plan.cli.language import choose_language
from credit_plan.i18n import use_language

COMMAND = (sys.executable, "-m", "credit_plan")
_STARTING = ("PYTHON", "LC_", "LANG", "TZ", "COVERAGE_", "CREDIT_PLAN_LANG")
"""How the variables begin that Python and the choice of a language look at when they start."""


@dataclass(frozen=True)
class Ended:
    """What a run left behind."""

    code: int
    out: bytes
    err: bytes


class Program:
    """The program, ready to be run; a context, at whose end the server has ended."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._place = tempfile.TemporaryDirectory()
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._server:
            self._server.communicate()
        self._place.cleanup()

    def run(
        self,
        words: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        stdin: bytes = b"",
    ) -> Ended:
        """Return how a run ends."""
        starts_alike = _starting(environment) == _starting(self._environment)
        starts_alike &= not any("lang" in word for word in words)
        if not starts_alike or not hasattr(os, "fork"):
            return run_by_itself(words, cwd, environment, stdin)
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, __file__],
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._run_by_server(self._server, words, cwd, environment, stdin)

    def _run_by_server(
        self,
        server: subprocess.Popen[bytes],
        words: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        stdin: bytes,
    ) -> Ended:
        given, out, err = (Path(self._place.name) / name for name in ("in", "out", "err"))
        given.write_bytes(stdin)
        request = {
            "words": words,
            "cwd": str(cwd),
            "environment": dict(environment),
            "streams": [str(given), str(out), str(err)],
        }
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(request).encode() + b"\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return Ended(code, out.read_bytes(), err.read_bytes())


def run_by_itself(
    words: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: bytes = b""
) -> Ended:
    """Return how a run ends that is a process by itself."""
    done = subprocess.run(
        [*COMMAND, *words],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def _starting(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: it for name, it in environment.items() if name.startswith(_STARTING)}


def _serve() -> None:
    """Fork for each request, a line each; answer with the exit code. In the child, return."""
    requests, answers = os.fdopen(os.dup(0)), os.dup(1)
    # Nothing of the protocol is within reach of a run.
    os.dup2(2, 1)
    for line in requests:
        child = os.fork()
        if child == 0:
            requests.close()
            os.close(answers)
            _become(json.loads(line))
            return
        _child, status = os.waitpid(child, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    sys.exit()


def _become(request: dict[str, Any]) -> None:
    """Make this process what a new one would be with the folder, words and streams of a run."""
    for descriptor, path in enumerate(request["streams"]):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC if descriptor else os.O_RDONLY
        opened = os.open(path, flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv[1:] = request["words"]


def _import_all() -> None:
    """Import whatever a run may need, but for pyarrow: it may be missing, and starts threads."""
    use_language(choose_language((), os.environ).language)
    for module in walk_packages(credit_plan.__path__, "credit_plan."):
        if not module.name.endswith(("__main__", ".export.parquet")):
            import_module(module.name)


if __name__ == "__main__":
    _import_all()
    gc.collect()
    gc.freeze()  # what is there before a run is no garbage of the run
    _serve()
    import_module("credit_plan.cli.app").main()
