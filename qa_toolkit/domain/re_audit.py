"""A re-audit: an audit that looks again at what an earlier one looked at; and who may see the earlier one meanwhile.

Whoever scores in a re-audit sees neither grades nor answers of the audits before it until their own returns are sent
in, so that no earlier grade draws theirs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.audits import AuditEntry, AuditStatus
from qa_toolkit.domain.records import Record


class SameChild(Record):
    """That a child of a re-audit is one of the earlier audit’s; the id is the child’s in the re-audit."""

    table: ClassVar[str] = "same_children"

    earlier: str
    """The child’s pseudonym in the earlier audit; empty where the link was taken back."""


class Owing(NamedTuple):
    """A return of a re-audit, as far as the rule needs it."""

    return_id: str
    agency: str
    rater: str
    sent: bool
    """Sent in, and not given back or queried since."""


def earlier(entries: Mapping[str, AuditEntry], audit_id: str) -> list[str]:
    """The audits that this one looks at again, the nearest first; a ring of links ends where it closes."""
    found: list[str] = []
    at = entries.get(audit_id)
    while at is not None and at.re_audit_of and at.re_audit_of not in (*found, audit_id):
        found.append(at.re_audit_of)
        at = entries.get(at.re_audit_of)
    return found


def looking_again(entries: Mapping[str, AuditEntry], audit_id: str) -> list[str]:
    """The open audits that look again at this one."""
    return [
        id for id, entry in entries.items()
        if entry.re_audit_of and entry.status is AuditStatus.OPEN and audit_id in earlier(entries, id)
    ]  # fmt: skip


def still_to_score(owing: Iterable[Owing], viewer: str, agency: str, *, scores: bool) -> list[str]:
    """The returns of a re-audit for which the earlier audit stays closed to this viewer; none, and it is open.

    `scores`: the viewer is an auditor. A return that nobody was named for may be any auditor’s of its agency.
    """
    return [
        one.return_id for one in owing
        if not one.sent and viewer
        and (one.rater == viewer or (not one.rater and scores and one.agency == agency))
    ]  # fmt: skip


def why(earlier: str, again: str, waiting: list[str]) -> str:
    """The sentence that stands where the earlier audit’s answers would."""
    more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
    return (
        f"{again} looks again at {earlier}, and you score there. So that no earlier grade draws yours, {earlier} is "
        f"closed to you until you have sent in {waiting[0]}{more}."
    )
