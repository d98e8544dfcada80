"""The chain of deeds: every deed carries a hash of itself and of the one before, so none can be changed unseen.

A changed, swapped or removed deed breaks the chain at that place. Deeds cut off the end
leave a shorter chain that holds; whoever has written down an earlier end (``bilik accounts
verify-chain`` prints it) sees that too.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: What the first deed is chained to.
START = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One deed as it stands: its number, its content, and the two hashes it carries."""

    number: int
    content: Mapping[str, Any]
    previous: str
    own: str


def link_hash(previous: str, content: Mapping[str, Any]) -> str:
    """Return the hash of a deed's content behind the hash of the deed before it (SHA-256, hexadecimal).

    The content is written as JSON with sorted keys, so the same content has the same hash
    whatever order it comes in.
    """
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{written}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check of the chain found: how many links hold, the last hash, and the first broken deed if any."""

    held_count: int
    end: str
    broken: int | None


def verdict(links: Iterable[Link]) -> Verdict:
    """Walk the chain from its start and stop at the first link that does not hold."""
    previous, held = START, 0
    for link in links:
        if link.previous != previous or link.own != link_hash(previous, link.content):
            return Verdict(held_count=held, end=previous, broken=link.number)
        previous, held = link.own, held + 1
    return Verdict(held_count=held, end=previous, broken=None)
