"""The plan as tables in files for other programs: what each holds, and how they are written."""
