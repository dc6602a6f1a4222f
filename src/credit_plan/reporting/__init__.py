"""Reports of progress: parsed, resolved against the plan, appended to their files."""
