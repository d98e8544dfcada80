"""Files on their way in: kept aside under the hash of their content until somebody decides about them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SESSION_KEY = "uploads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One uploaded file with what its bringer said about it."""

    digest: str
    name: str
    election: str
    publisher: str
    title: str
    url: str
    published_on: str
    kind: str

    @property
    def path(self) -> Path:
        """Return where the file lies aside; it keeps its ending, which says what it is."""
        return _folder() / f"{self.digest}{Path(self.name).suffix.lower()}"


def _folder() -> Path:
    folder = Path(settings.WORKSPACE.cache) / "uploads"
    folder.mkdir(exist_ok=True)
    return folder


def lay_aside(request: HttpRequest, file: UploadedFile[bytes], said: dict[str, str]) -> Upload:
    """Write an uploaded file aside and remember what was said about it for this person's session."""
    name = Path(str(file.name)).name
    partial = _folder() / f"{request.session.session_key}-coming"
    digest = hashlib.sha256()
    with partial.open("wb") as target:
        for chunk in file.chunks():
            digest.update(chunk)
            target.write(chunk)
    upload = Upload(digest=digest.hexdigest(), name=name, **said)
    partial.replace(upload.path)
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), upload.digest: asdict(upload)}
    return upload


def laid_aside(request: HttpRequest, digest: str) -> Upload:
    """Return a file that this person laid aside, or there is no such page."""
    said = request.session.get(SESSION_KEY, {}).get(digest)
    if said is None:
        raise Http404
    upload = Upload(**said)
    if not upload.path.exists():
        raise Http404
    return upload
