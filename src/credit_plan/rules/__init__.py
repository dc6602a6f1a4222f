"""The rules of `check`: one module a rule, listed in `registry`."""
