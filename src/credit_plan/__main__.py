"""`python -m credit_plan` is the command `credit-plan`."""

from credit_plan.cli.app import main

if __name__ == "__main__":
    main()
