"""The one form that a file of the plan has: the same keys in the same order, written the same way.

`mends` puts right values whose meaning is certain, `fields` asks the records what a value is,
`scalars` decides on quotes, `layout` on lines, `comments` keeps every comment at its place, and
`canonical` does all of it. `appended` adds entries in this form to a file that may have another.
"""

from credit_plan.form.appended import EMPTY, appended
from credit_plan.form.canonical import canonical
from credit_plan.form.mends import mended

__all__ = ["EMPTY", "appended", "canonical", "mended"]
