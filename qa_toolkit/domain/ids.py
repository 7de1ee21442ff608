"""Ids: what they look like, how the next one is made, and what they must never be (a person, a device, a path)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qa_toolkit.domain.devices import DEVICES
from qa_toolkit.domain.errors import IdentifierError, InputError

_ID = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_AGENCY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HANDLE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_AUDIT = re.compile(r"[A-Z]{2,6}-(19|20)[0-9]{2}-[0-9]{2,3}")

LONGEST_ID = 80
"""Characters; a file name and its endings still fit everywhere."""


def check_id(text: str, thing: str = "id") -> str:
    """The id in capitals, if it may be one.

    Raises:
        InputError: Not `[A-Z0-9-]`, too long, or a name that some machines keep for devices.
    """
    upper = text.strip().upper()
    if not _ID.fullmatch(upper) or len(upper) > LONGEST_ID:
        raise InputError(f"“{text}” cannot be the {thing}: use letters, digits and single dashes, such as CE-2026-01.")
    if upper in DEVICES:
        raise InputError(f"“{text}” cannot be the {thing}: some computers keep that name for a device. Choose another.")
    return upper


def check_audit_id(text: str) -> str:
    """An audit's id, such as `CE-2026-01`: a short code of the theme, the year, a number."""
    upper = check_id(text, "id of an audit")
    if not _AUDIT.fullmatch(upper):
        raise InputError(
            f"“{text}” cannot be the id of an audit: write a code, the year and a number, such as CE-2026-01."
        )
    return upper


def check_agency_id(text: str) -> str:
    """An agency's id: small letters, digits and dashes, such as `childrens-social-care`."""
    lower = text.strip().lower()
    if not _AGENCY.fullmatch(lower) or len(lower) > 30 or lower.upper() in DEVICES:
        raise InputError(f"“{text}” cannot be the id of an agency: use up to 30 small letters, digits and dashes.")
    return lower


def check_person_id(text: str) -> str:
    """A person's id, `handle@agency`."""
    handle, at, agency = text.strip().lower().partition("@")
    if not at or not _HANDLE.fullmatch(handle) or len(handle) > 40:
        raise InputError(f"“{text}” is not a person here: write handle@agency, such as a.auditor@police.")
    return f"{handle}@{check_agency_id(agency)}"


def slug(text: str, longest: int) -> str:
    """Small letters, digits and dashes for a name; empty where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:longest].strip("-")


def handle_for(name: str) -> str:
    """The handle that people would expect for a name: `a.auditor` for “Alex Auditor”; empty where none can be made."""
    words = [word for part in name.split() if (word := slug(part, 30))]
    return words[0] if len(words) == 1 else f"{words[0][0]}.{words[-1]}" if words else ""


def check_case_ref(text: str, audit_id: str) -> str:
    """A child's pseudonym in an audit, `<audit>-C07`; a bare `C7` or `7` is completed.

    Raises:
        IdentifierError: Anything else: a name, initials or a number of another system would identify the child.
    """
    found = re.fullmatch(rf"(?:{re.escape(audit_id)}-)?C?0*([1-9][0-9]{{0,2}})", text.strip().upper())
    if not found:
        raise IdentifierError(
            f"“{text}” cannot be a case reference: it could identify a child. "
            f"Leave it out for the next free one, or write {audit_id}-C01."
        )
    return f"{audit_id}-C{int(found[1]):02}"


def next_number(prefix: str, existing: Iterable[str]) -> int:
    """The next free number behind a prefix; numbers are never reused, so gaps stay gaps."""
    taken = [0]
    for id in existing:
        rest = id.removeprefix(prefix)
        if rest != id and rest.isdigit():
            taken.append(int(rest))
    return max(taken) + 1


def return_id(subject_id: str, agency_id: str, rater: int = 1) -> str:
    """The id of an agency's return on a subject; a second rater's ends in its number."""
    base = f"{subject_id}-{agency_id.upper()}"
    return base if rater == 1 else f"{base}-R{rater}"
