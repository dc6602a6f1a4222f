"""The command line: commands, options, the terminal, the clock, and how a run ends."""
