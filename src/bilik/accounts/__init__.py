"""Agencies, the people who work for them, and what each role may do.

``agencies`` names the offices, ``roles`` says what a person in a role may do; both
are plain data. ``web`` keeps people and their deeds: every write of the site passes
through ``accounts.web.deeds``.
"""
