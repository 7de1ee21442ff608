"""Templates as they were when they were used: kept under the digest of their own bytes, so they cannot change.

`templates/<sha256>.json` is the canonical form; the text it was read from stands beside it as `.toml`.
"""

from __future__ import annotations

import re
from hashlib import sha256

from qa_toolkit.domain.errors import Damaged, NotFound, NotSaved, StoreError
from qa_toolkit.store.files import why
from qa_toolkit.store.folder import FolderStore

_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep(folder: FolderStore, canonical: bytes | str, source: bytes | str | None = None) -> str:
    """Keep a template, once; returns its digest (64 hex digits).

    Raises:
        NotSaved: The disk refused.
    """
    data, text = _bytes(canonical), None if source is None else _bytes(source)
    digest = sha256(data).hexdigest()
    templates = folder.root / "templates"
    try:
        folder.disk.make_dirs(templates)
        # The source first: a canonical file that is there has everything beside it.
        for path, content in ((templates / f"{digest}.toml", text), (templates / f"{digest}.json", data)):
            # What stands there and is not the same is damaged, and here are the right bytes.
            if content is not None and not (folder.disk.exists(path) and folder.disk.read_file(path) == content):
                folder.disk.replace_file(path, content)
    except OSError as error:
        raise NotSaved(f"The template could not be kept in {templates} ({why(error)}).") from error
    return digest


def read(folder: FolderStore, digest: str) -> bytes:
    """The canonical form, checked against its digest.

    Raises:
        NotFound: It is not kept here.
        Damaged: The file is not what was kept.
    """
    shown = f"templates/{digest}.json"
    data = _read(folder, digest, ".json")
    if sha256(data).hexdigest() != digest:
        raise Damaged(
            f"{shown} was changed after it was kept, so the audits that use it cannot be read. "
            "Put back a copy from a backup.",
            path=shown,
        )
    return data


def source(folder: FolderStore, digest: str) -> bytes | None:
    """The text that a template was read from, for people; None if it is not there."""
    try:
        return _read(folder, digest, ".toml")
    except NotFound:
        return None


def digests(folder: FolderStore) -> list[str]:
    """The templates kept here."""
    try:
        names = [name for name, _ in folder.disk.listdir(folder.root / "templates")]
    except FileNotFoundError:
        return []
    return [name.removesuffix(".json") for name in names if name.endswith(".json") and _DIGEST.fullmatch(name[:-5])]


def _read(folder: FolderStore, digest: str, suffix: str) -> bytes:
    if not _DIGEST.fullmatch(digest):
        raise NotFound(f"“{digest[:80]}” is not the digest of a template.")
    try:
        return folder.disk.read_file(folder.root / "templates" / f"{digest}{suffix}")
    except FileNotFoundError:
        shown = f"templates/{digest}{suffix}"
        raise NotFound(f"There is no {shown} in this workspace; put back a copy from a backup.") from None
    except OSError as error:
        raise StoreError(f"templates/{digest}{suffix} cannot be read ({why(error)}).") from error


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text
