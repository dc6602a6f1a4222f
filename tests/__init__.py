"""Tests: of functions, of files in the user's language, and of the command as it is run."""
