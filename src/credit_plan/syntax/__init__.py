"""What a file is before it is a record: bytes become text, and text a tree that knows its lines.

`text` decodes, `mend` puts right what is surely meant otherwise, `tree` composes, `problems` says
what is wrong with the YAML, and `parse` does all of it and goes on behind a fault. RULES are the
manuals of the faults that are met here.
"""

from credit_plan.syntax.fault import Fault
from credit_plan.syntax.parse import Parsed, parse, parse_again, parse_bytes
from credit_plan.syntax.rules import RULES

__all__ = ["RULES", "Fault", "Parsed", "parse", "parse_again", "parse_bytes"]
