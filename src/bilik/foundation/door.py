"""A command's way in: the reader's language and where figures come from."""

from typing import Protocol

from bilik.foundation.language import Language


class Door(Protocol):
    """A command's way in, kept in click's context: the reader's language and where figures come from."""

    @property
    def language(self) -> Language:
        """The language of the answers."""

    def figures(self, region: str | None = None) -> object:
        """Return the ``Figures`` of a region, or of all the door knows."""
