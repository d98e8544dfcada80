"""A source as whoever brings a file describes it, and the key that its counts will name."""

import re

_LONGEST_KEY = 100


def described_source(
    *, publisher: str, title: str, url: str, kind: str, published_on: str = "", reading: str = ""
) -> dict[str, str]:
    """Return the fields of ``SOURCE_SCHEMA`` for a file; each reading of a file is a source of its own.

    The same publisher and title give the same key, so that a second file of theirs changes
    what they said instead of contradicting it.
    """
    words = " ".join(filter(None, [publisher, title]))
    key = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[: _LONGEST_KEY - len(reading) - 1].strip("-")
    return {
        "source": "-".join(filter(None, [key, reading])),
        "publisher": publisher,
        "title": f"{title} ({reading.upper()})" if reading else title,
        "url": url,
        "published_on": published_on,
        "kind": kind,
    }
