"""The door: the only room that reads the command line, prints, writes reports and exits."""

from credit_plan.cli.app import main

__all__ = ["main"]
