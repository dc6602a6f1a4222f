"""One question, one module: what it computes, its columns and its caption.

Each has a function `answer` that takes the plan and filters and returns an Answer.
"""
