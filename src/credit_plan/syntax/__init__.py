"""What a file is before it is a record: bytes become text, and text a tree that knows its lines.

`text` decodes, `mend` puts right what is surely meant otherwise, `tree` composes, `problems` says
what is wrong with the YAML, and `parse` does all of it and goes on behind a fault.
"""

from credit_plan.syntax.parse import Parsed, parse, parse_again, parse_bytes

__all__ = ["Parsed", "parse", "parse_again", "parse_bytes"]
