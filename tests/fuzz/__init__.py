"""The attack on the program, seeded and repeatable: `make fuzz`, or `python -m tests.fuzz`.

`attack` is one try of a kind of attack; `kinds` lists the kinds. A kind is a function that draws a
case by chance and one that judges it by what is promised; the others are in the modules beside.
"""
