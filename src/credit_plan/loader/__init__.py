"""Read the data of a plan: files become records, and errors become diagnostics."""
