"""Snapshots of what was worked out from journals: they save time, and can be deleted whenever one likes.

Truth is in the journals. A snapshot that is missing, damaged, of another version or of another file is made anew
without a word, and one that cannot be written is not missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from pydantic_core import from_json, to_json

from qa_toolkit.domain.errors import NotFound
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.seam import Identity

FOLDER = ".cache"
_KEY = re.compile(r"[a-z0-9-]{1,60}")


def cached(
    folder: FolderStore,
    key: str,
    names: Iterable[str],
    compute: Callable[[str], Any],
    version: int = 1,
    *,
    leave_out: tuple[type[Exception], ...] = (),
) -> dict[str, Any]:
    """What `compute(name)` gives for each journal, worked out again only for those whose file has changed.

    The results must be plain JSON data. Each journal costs one look at its file. Journals that are gone are left
    out, and so are those for which `compute` raises one of `leave_out`. Change `version` with `compute`.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a snapshot's name: {key}")
    before = _load(folder, key, version)
    after: dict[str, tuple[list[int], Any]] = {}
    changed = False
    for name in names:
        try:
            identity = _signature(folder.identity(name))
        except NotFound:
            continue
        entry = before.get(name)
        if entry is not None and entry[0] == identity:
            after[name] = entry
        else:
            # The file is looked at before it is read: if it grows in between, the next time works it out again.
            try:
                after[name] = (identity, compute(name))
            except leave_out:
                continue
            changed = True
    if changed or after.keys() != before.keys():
        _save(folder, key, version, after)
    return {name: value for name, (_, value) in after.items()}


def clear(folder: FolderStore) -> None:
    """Forget every snapshot, as far as the disk allows."""
    with suppress(OSError):
        for name, is_folder in folder.disk.listdir(folder.root / FOLDER):
            if not is_folder:
                folder.disk.discard(folder.root / FOLDER / name)


def _signature(identity: Identity) -> list[int]:
    # The device's number changes between mounts and says nothing about the file.
    return [identity.inode, identity.size, identity.modified, identity.changed]


def _load(folder: FolderStore, key: str, version: int) -> dict[str, tuple[list[int], Any]]:
    try:
        data = folder.disk.read_file(folder.root / FOLDER / f"{key}.json")
        digest, _, body = data.partition(b"\n")
        if sha256(body).hexdigest().encode() != digest:
            return {}
        found = from_json(body)
        if found["version"] != version:
            return {}
        return {name: (identity, value) for name, identity, value in found["entries"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _save(folder: FolderStore, key: str, version: int, entries: dict[str, tuple[list[int], Any]]) -> None:
    rows = [[name, identity, value] for name, (identity, value) in entries.items()]
    body = to_json({"version": version, "entries": rows})
    path = folder.root / FOLDER / f"{key}.json"
    with suppress(OSError):
        folder.disk.make_dirs(path.parent)
        folder.disk.replace_file(path, sha256(body).hexdigest().encode() + b"\n" + body)
