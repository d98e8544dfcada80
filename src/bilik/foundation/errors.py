"""The one error family: something a person can put right.

Each class states in one English sentence, with the facts in braces, what was
wanted, what was found and where, and how to mend it. The sentence is the key of
the translation, so the site and the command line both say it in either language.
Bugs are not in the family; they crash.
"""

from collections.abc import Callable
from typing import ClassVar


class BilikError(Exception):
    """Something a person can put right; catch it only where an answer is made."""

    message: ClassVar[str] = ""
    exit_code: ClassVar[int] = 2

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))

    def text(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``translate``."""
        return translate(self.message).format(**self.facts)


class SeveralErrors(BilikError):  # noqa: N818 -- it is several of them, and reads so
    """All the faults of one file or form at once."""

    def __init__(self, errors: list[BilikError]) -> None:
        self.errors = errors
        self.facts = {}
        Exception.__init__(self, "\n".join(str(error) for error in errors))

    def text(self, translate: Callable[[str], str]) -> str:
        """Return every fault on its own line."""
        return "\n".join(error.text(translate) for error in self.errors)
