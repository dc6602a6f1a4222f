"""`python -m credit_plan` is the command `credit-plan`."""

from signal import SIG_DFL, SIGINT, default_int_handler, getsignal, signal


def run() -> None:
    """Run the command. While it is loaded, Ctrl-C ends the process without a traceback."""
    # A shell may have made a process in the background ignore Ctrl-C.
    is_usual = getsignal(SIGINT) is default_int_handler
    if is_usual:
        signal(SIGINT, SIG_DFL)
    from credit_plan.cli.app import main  # noqa: PLC0415

    if is_usual:
        signal(SIGINT, default_int_handler)
    main()


if __name__ == "__main__":
    run()
