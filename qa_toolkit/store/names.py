"""Which names a journal may have, and where its file stands: the guard between an id and a path."""

from __future__ import annotations

import re

from qa_toolkit.domain.devices import DEVICES
from qa_toolkit.domain.errors import Damaged, InputError

SUFFIX = ".journal"
_ID = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_WORD = re.compile(r"[a-z]+")
_LONGEST = 120


def is_id(text: str) -> bool:
    """Whether a text can be an id, and so part of a file name on every system."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None and text not in DEVICES


def is_name(name: str) -> bool:
    """Whether a journal can have this name: one word, `audits/<id>/audit` or `audits/<id>/returns/<id>`."""
    match name.split("/"):
        case [word]:
            return _WORD.fullmatch(word) is not None and word.upper() not in DEVICES
        case ["audits", audit, "audit"]:
            return is_id(audit)
        case ["audits", audit, "returns", return_id]:
            return is_id(audit) and is_id(return_id)
    return False


def check_name(name: str) -> str:
    """The name itself.

    Raises:
        InputError: It could not be a file's name here or on another machine.
    """
    if not is_name(name):
        raise InputError(
            f"“{name[:80]}” cannot name a record: ids are capital letters and digits with single dashes between them."
        )
    return name


def file_of(name: str) -> str:
    """A journal's file relative to its workspace, with forward slashes: also how it is shown to people."""
    return name + SUFFIX


def id_of(name: str) -> str:
    """The id of the audit or return that is kept under a name; empty for what is the partnership's own."""
    match name.split("/"):
        case ["audits", audit, "audit"]:
            return audit
        case ["audits", _, "returns", return_id]:
            return return_id
    return ""


def check_id(name: str, found: str) -> None:
    """Refuse what another file was put in the place of; `found` is the id that it says it is of, or empty.

    Raises:
        Damaged: It is of another id than its name.
    """
    if found != id_of(name):
        path = file_of(name)
        raise Damaged(
            f"{path} holds {found or 'no such record'}, and not {id_of(name)}: another file stands in its place. "
            "Put back a copy from a backup.", path=path,
        )  # fmt: skip
