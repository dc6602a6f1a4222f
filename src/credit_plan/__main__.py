"""`python -m credit_plan` is the command `credit-plan`."""

import gc
import os
import sys
from signal import SIG_DFL, SIGINT, default_int_handler, getsignal, signal


def run() -> None:
    """Run the command. While it is loaded, Ctrl-C ends the process without a traceback."""
    # A run ends before garbage matters; collecting it costs a twentieth of an answer's time.
    gc.disable()
    # A shell may have made a process in the background ignore Ctrl-C.
    is_usual = getsignal(SIGINT) is default_int_handler
    if is_usual:
        signal(SIGINT, SIG_DFL)
    from credit_plan.cli.language import choose_language  # noqa: PLC0415
    from credit_plan.i18n import use_language  # noqa: PLC0415

    # Before anything else is imported: headings and help are translated when a module is.
    use_language(choose_language(sys.argv[1:], os.environ).language)
    from credit_plan.cli.app import main  # noqa: PLC0415

    if is_usual:
        signal(SIGINT, default_int_handler)
    try:
        main()
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> None:
    """End the process at once; to take all modules apart takes a tenth of an answer's time.

    Everything is written by then, and nothing waits for the interpreter's own end.
    """
    code = 0 if end.code is None else end.code
    if not isinstance(code, int):
        raise end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError):
        raise end from None
    os._exit(code)


if __name__ == "__main__":
    run()
