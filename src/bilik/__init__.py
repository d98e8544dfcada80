"""bilik: more people in the booth, fewer elections in trouble.

A folder here is a concern of an election office. Its top level speaks only of
elections: pure functions over frames. ``web/`` and ``cli.py`` are the two doors.
"""

__version__ = "0.1.0"
