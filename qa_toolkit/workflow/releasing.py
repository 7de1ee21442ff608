"""What is decided about identifiers before an output goes out, each with who and why; remembered for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.identifiers import Kind, identifiers
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.release import Handled, Handling, check_code, check_pattern
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.workflow import allowed


def releaser(workspace: Workspace, by: str) -> Person:
    """The person, if they may release what goes out: a co-ordinator or a chair.

    Raises:
        NotAllowed: They may not.
    """
    person = allowed.person(workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(f"{person.name} ({by}) may not release what goes out: that is for a co-ordinator or a chair.")
    return person


def handlings(workspace: Workspace) -> Mapping[str, Handling]:
    """Everything decided so far, by code or pattern."""
    return workspace.partnership_shelf.all(Handling)


def contacts(workspace: Workspace) -> list[str]:
    """What stands in contact fields, which are no free text."""
    return [agency.contact for agency in workspace.agencies().values() if agency.contact]


def release(
    workspace: Workspace, code: str, audience: Audience, reason: str, *, by: str, now: datetime, today: date
) -> Handling:
    """Let one text through for an audience and those who see more, with the reason.

    Raises:
        InputError: It is no code, or no reason is given.
        NotAllowed: They may not release anything.
    """
    kind, id = check_code(code)
    return _decide(workspace, Handling(id=id, kind=kind, handled=Handled.RELEASED, audience=audience, reason=reason,
                                       by=by, on=today), now)  # fmt: skip


def release_like(
    workspace: Workspace, kind: Kind, pattern: str, audience: Audience, reason: str, *, by: str, now: datetime,
    today: date,
) -> Handling:  # fmt: skip
    """Let every text of a kind through that is like the pattern."""
    id = check_pattern(kind, pattern)
    return _decide(workspace, Handling(id=id, kind=kind, pattern=pattern.strip(), handled=Handled.RELEASED,
                                       audience=audience, reason=reason, by=by, on=today), now)  # fmt: skip


def change(
    workspace: Workspace, code: str, to: str, audience: Audience, reason: str, *, by: str, now: datetime, today: date
) -> Handling:
    """Put other words in a text's place in every output for that audience; the record itself is not touched."""
    kind, id = check_code(code)
    to = clean(to).strip()
    if not to or identifiers(to, today=today):
        raise InputError("Say what is to stand in its place, such as “the school”, and identifies nobody itself.")
    return _decide(workspace, Handling(id=id, kind=kind, handled=Handled.CHANGED, to=to, audience=audience,
                                       reason=reason, by=by, on=today), now)  # fmt: skip


def _decide(workspace: Workspace, handling: Handling, now: datetime) -> Handling:
    releaser(workspace, handling.by)
    reason = clean(handling.reason).strip()
    if len(reason) < 10:
        raise InputError("Say in a sentence why: it is kept with the name of whoever decided.")
    did = "released something found in a text" if handling.handled is Handled.RELEASED else "changed what outputs say"
    with workspace.change(PARTNERSHIP, by=handling.by, did=did, why=reason, now=now) as made:
        made.put(handling.model_copy(update={"reason": reason}))
    return handlings(workspace)[handling.id]
