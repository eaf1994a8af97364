"""How long may an answer to bad input take? Long enough for a slow machine, far too short for one that never ends."""

SLOWEST_SECONDS = 3.0
"""Of the processor, so that a busy machine does not count: a second was not enough for a collection of the garbage of
a thousand tests; what grows with the square of a body of 5 MB takes minutes."""
