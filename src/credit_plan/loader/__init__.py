"""Read the data of a plan: files become records, and what cannot be read a diagnostic."""
