"""Writing of a plan's files: one writer at a time, and no file is ever half written."""
