"""Keep the catalogue in step with the code: find what is said, write it to the .po, compile the .mo.

    python tools/messages.py            update src/bilik/locale/id/LC_MESSAGES/django.po and .mo
    python tools/messages.py --check    fail if a message has no Indonesian words, or the .mo is old

Needs neither Django's settings nor the GNU tools: Babel reads Python, and Django's own
lexer turns templates into something Babel can read.
"""

import datetime
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "bilik"
FOLDER = PACKAGE / "locale" / "id" / "LC_MESSAGES"
#: The catalogue bears no date of its own, so that it is the same whenever it is made.
FIRST_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
#: Headers that say nothing here or change with the clock.
UNSAID = (b'"POT-Creation', b'"PO-Revision', b'"Report-Msgid', b'"Last-Translator', b'"Language-Team', b'"Generated-By')
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "mark": None,
    "say": None,
    "translate": None,
}


def found() -> Iterator[tuple[str, int, object, str | None]]:
    """Find every message: file, line, text (a pair where it has a plural), context."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for line, text, _comments, context in extract("python", io.BytesIO(file.read_bytes()), KEYWORDS):
            yield str(file.relative_to(ROOT)), line, text, context
    settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize  # noqa: PLC0415 -- after the settings

    for file in sorted(PACKAGE.rglob("*.html")):
        code = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        for line, text, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            yield str(file.relative_to(ROOT)), line, text, context


def fresh() -> Catalog:
    """Return the catalogue of what the code says now, with the Indonesian words it already has."""
    now = Catalog(
        locale="id",
        project="bilik",
        version="1",
        fuzzy=False,
        header_comment="# Kata-kata bilik dalam Bahasa Indonesia.",
    )
    now._num_plurals, now._plural_expr = 1, "0"  # noqa: SLF001 -- Babel does not know that Indonesian has one form
    for file, _line, text, context in found():
        if not text:
            continue  # an empty default beside a variable is no message
        now.add(text, locations=[(file, 1)], context=context)
        if file.endswith(".py") and "%(" not in str(text):
            now.get(text, context=context).flags.discard("python-format")  # «80% interval» is no format
    po = FOLDER / "django.po"
    if po.exists():
        with po.open("rb") as stream:
            had = read_po(stream, locale="id")
        for message in now:
            old = had.get(message.id, context=message.context) if message.id else None
            if old and old.string:
                message.string = old.string
    return now


def missing(catalogue: Catalog) -> list[object]:
    """Return the messages that have no Indonesian words, or whose facts differ from the source's."""
    lacking = []
    for message in catalogue:
        if not message.id:
            continue
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(words) or list(message.check(catalogue)):
            lacking.append(message.id)
    return lacking


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """Return the .po and the .mo as they should lie on disk."""
    for header in ("creation_date", "revision_date"):
        setattr(catalogue, header, None)
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, sort_output=True, width=120, omit_header=False, include_lineno=False)
    kept = b"".join(line for line in po.getvalue().splitlines(keepends=True) if not line.startswith(UNSAID))
    compiled = read_po(io.BytesIO(kept), locale="id")
    compiled.creation_date = FIRST_DAY
    write_mo(mo, compiled)
    return kept, mo.getvalue()


def main(words: list[str]) -> int:
    """Update or check the catalogue."""
    catalogue = fresh()
    po, mo = written(catalogue)
    lacking = missing(catalogue)
    if "--check" in words:
        old = [
            name for name, content in (("po", po), ("mo", mo)) if (FOLDER / f"django.{name}").read_bytes() != content
        ]
        for message in lacking:
            print("no Indonesian words:", message)
        if old:
            print(
                "out of step with the code:",
                ", ".join(f"django.{name}" for name in old),
                "– run python tools/messages.py",
            )
        return bool(lacking or old)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "django.po").write_bytes(po)
    (FOLDER / "django.mo").write_bytes(mo)
    print(f"{len(catalogue)} messages, {len(lacking)} without Indonesian words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
