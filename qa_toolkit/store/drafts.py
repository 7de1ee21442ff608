"""Text that is being typed, kept outside the record: one file for each field, synced, gone when it is recorded.

A draft is not history: what is typed and deleted is not kept. Drafts are never packed or exported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic_core import from_json, to_json

from qa_toolkit.domain.errors import InputError, NotSaved, StoreError
from qa_toolkit.store import lines
from qa_toolkit.store.files import why
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.names import is_id

FOLDER = "drafts"
_PLAIN = re.compile(r"[A-Za-z0-9-]")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """One field's text as it was last kept."""

    return_id: str
    question_id: str
    field: str
    text: str
    by: str
    """Who typed it; empty where the file's first line can no longer be read."""
    at: datetime | None


class Drafts:
    """The drafts of one workspace."""

    def __init__(self, folder: FolderStore) -> None:
        self._folder = folder
        self._root = folder.root / FOLDER

    def keep(self, return_id: str, question_id: str, field: str, text: str, *, by: str, now: datetime) -> None:
        """Keep a field's text, instead of what was kept for it before. It lasts when this returns.

        Raises:
            NotSaved: The disk refused; what was kept before is still there.
        """
        head = {"question": question_id, "field": field, "by": by, "at": lines.stamp(now)}
        path = self._path(return_id, question_id, field)
        # Half of a surrogate pair can be typed on some terminals; in a draft it must not cost the rest of the text.
        data = to_json(lines.plain(head)) + b"\n" + text.encode("utf-8", "replace")
        try:
            self._folder.disk.make_dirs(path.parent)
            self._folder.disk.replace_file(path, data)
        except OSError as error:
            raise NotSaved(f"The draft of {question_id} could not be kept ({why(error)}); it is still here.") from error

    def read(self, return_id: str, question_id: str, field: str) -> Draft | None:
        """The draft of one field, or None."""
        return self._read(return_id, self._path(return_id, question_id, field))

    def list(self, return_id: str | None = None) -> list[Draft]:
        """The drafts of one return, or of all, by return, question and field."""
        names = [return_id] if return_id is not None else [n for n, folder in self._entries(self._root) if folder]
        found = []
        for name in names:
            for file, is_folder in self._entries(self._root / name):
                if file.endswith(".draft") and not file.startswith(".") and not is_folder:
                    found.append(self._read(name, self._root / name / file))
        kept = [draft for draft in found if draft is not None]
        return sorted(kept, key=lambda draft: (draft.return_id, draft.question_id, draft.field))

    def discard(self, return_id: str, question_id: str, field: str) -> None:
        """Forget a draft, because it was recorded or given up; no matter if there is none."""
        path = self._path(return_id, question_id, field)
        try:
            self._folder.disk.unlink(path)
            self._folder.disk.sync_dir(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise NotSaved(f"The draft of {question_id} could not be removed ({why(error)}).") from error

    def _entries(self, path: Path) -> Sequence[tuple[str, bool]]:
        try:
            return self._folder.disk.listdir(path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise StoreError(f"{path} cannot be read ({why(error)}).") from error

    def _path(self, return_id: str, question_id: str, field: str) -> Path:
        if not is_id(return_id):
            raise InputError(f"“{return_id[:80]}” cannot name a return.")
        name = f"{_escaped(question_id)}.{_escaped(field)}.draft"
        if len(name) > _LONGEST_NAME:
            raise InputError(f"“{question_id[:80]}” is too long to name a question.")
        return self._root / return_id / name

    def _read(self, return_id: str, path: Path) -> Draft | None:
        try:
            data = self._folder.disk.read_file(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise StoreError(f"{FOLDER}/{return_id}/{path.name} cannot be read ({why(error)}).") from error
        first, _, rest = data.partition(b"\n")
        question, field = (_plain(part) for part in path.name.removesuffix(".draft").split(".", 1))
        try:
            head = from_json(first)
            by, at = head["by"], lines.read_stamp(head["at"])
        except (ValueError, KeyError, TypeError):
            # The file was hurt: whatever text is left in it is worth more than a refusal.
            return Draft(return_id, question, field, data.decode("utf-8", "replace"), "", None)
        return Draft(return_id, question, field, rest.decode("utf-8", "replace"), str(by), at.astimezone(UTC))


def _escaped(text: str) -> str:
    """A part of a file name; the reverse is `_plain`. Every character but letters, digits and dashes is spelt out."""
    return "".join(
        char if _PLAIN.fullmatch(char) else "".join(f"_{byte:02x}" for byte in char.encode("utf-8", "replace"))
        for char in text
    )


def _plain(text: str) -> str:
    parts = re.sub(r"_([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), text)
    return parts.encode("latin-1", "replace").decode("utf-8", "replace")
