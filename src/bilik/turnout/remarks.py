"""A sentence with its facts, kept apart until somebody reads it in a language.

A fact is written by the unit its name ends in, as everywhere in this package: ``_share``
as percentage, ``_chance`` as people say it, ``_count`` as whole number, ``_points`` with one
decimal, a date as date, ``_label`` translated; anything else as it is.
"""

import datetime
from dataclasses import dataclass, field

from bilik.foundation.language import UNKNOWN, Language

Fact = str | int | float | datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """``message`` is a source string; ``facts`` fill its braces."""

    message: str
    facts: dict[str, Fact] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Return the sentence in the reader's language, numbers and dates in its form."""
        return language.say(self.message, **{name: _written(name, fact, language) for name, fact in self.facts.items()})


def _written(name: str, fact: Fact, language: Language) -> str:
    if isinstance(fact, datetime.date):
        return language.date(fact)
    if isinstance(fact, str):
        return language.translate(fact) if name.endswith("_label") else fact
    if fact is None:
        return UNKNOWN
    if name.endswith("_chance"):
        return language.chance(fact)
    if name.endswith("_share"):
        return language.percent(fact)
    return language.number(fact, 1 if name.endswith("_points") else 0)
