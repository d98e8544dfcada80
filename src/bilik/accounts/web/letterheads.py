"""The letterhead of a person's office, as its agency has it on record."""

from bilik.accounts.web.models import Person
from bilik.foundation.documents import Letterhead


def letterhead_of(person: Person) -> Letterhead:
    """Return the head under which a document of this person's office goes out."""
    agency = person.agency
    stated = agency.letterhead if agency else {}
    lines = [stated.get("line", ""), agency.name if agency else ""]
    return Letterhead(
        agency_lines=tuple(line for line in lines if line),
        address=stated.get("address", ""),
        contact=stated.get("contact", ""),
        place=stated.get("place", ""),
        signatory_title=stated.get("signatory", ""),
        signatory_name=stated.get("signatory_name", ""),
        signatory_number=stated.get("signatory_number", ""),
    )
