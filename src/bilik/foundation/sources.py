"""Where figures come from: who published them, where, when, and how far they bind."""

from enum import StrEnum

from bilik.foundation.language import mark


class SourceKind(StrEnum):
    """How a source stands to the office that holds the official record."""

    OFFICIAL_RECORD = "official_record"
    PRESS = "press"
    VOLUNTEER_COUNT = "volunteer_count"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        """Return the kind's name as source string for translation."""
        return _LABELS[self]


_LABELS = {
    SourceKind.OFFICIAL_RECORD: mark("Official record"),
    SourceKind.PRESS: mark("Press report"),
    SourceKind.VOLUNTEER_COUNT: mark("Volunteer count"),
    SourceKind.INTERNAL: mark("Internal figure"),
}
