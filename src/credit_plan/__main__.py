"""`python -m credit_plan` is the command `credit-plan`."""

import signal


def main() -> None:
    """Run the command. While it is loaded, Ctrl-C ends the process without a traceback."""
    handler = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from credit_plan.cli.app import main as run  # noqa: PLC0415

    signal.signal(signal.SIGINT, handler)
    run()


if __name__ == "__main__":
    main()
