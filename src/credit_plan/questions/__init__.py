"""One module per question: what it computes, its columns and its caption.

Each has a function `answer` that returns an Answer. `columns` and `captions` hold what several
share.
"""
