"""Parse bytes into a tree with positions, and report every error as a diagnostic."""
