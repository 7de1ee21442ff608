"""What is decided about identifiers before an output goes out, each with who and why; remembered for the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.identifiers import Kind, identifiers
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.release import Found, Handled, Handling, changed, check_code, check_pattern, look
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.workflow import allowed

_SHOWN = 20
"""Places that a refusal lists; the rest is counted."""


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


def looked_through(
    workspace: Workspace, texts: Iterable[tuple[str, str]], audience: Audience, *, today: date
) -> list[Found]:
    """Everything in (place, text) that could identify somebody to that audience, with what was decided."""
    return look(texts, audience, handlings(workspace), today=today, contacts=contacts(workspace))


def require_decided(found: Iterable[Found], audience: Audience, what: str) -> None:
    """See that nothing waits for a decision before something is written.

    Raises:
        NotReady: Something does; every place is listed with its code.
    """
    waiting = list(dict.fromkeys(one.sentence for one in found if one.handling is None))
    if not waiting:
        return
    for_whom, more = audience.value.replace("_", "-"), len(waiting) - _SHOWN
    raise NotReady(
        f"{what} was not written, because its text could identify somebody, and it is for {audience.label}. Put the "
        "text right in the record, or take it out with `qa redact`; or a co-ordinator or a chair decides by the code "
        f"in brackets: `qa release change CODE WORDS --for {for_whom} --why …` puts other words in its place, `qa "
        f"release allow CODE --for {for_whom} --why …` lets it through.",
        waiting[:_SHOWN] + ([f"… and {more} more"] if more > 0 else []),
    )


def in_other_words(
    workspace: Workspace, found: Iterable[Found], audience: Audience, *, today: date
) -> Callable[[str], str] | None:
    """What puts other words in a text where that was decided; None where nothing of what was found is changed."""
    if not any(one.handling is not None and one.handling.handled is Handled.CHANGED for one in found):
        return None
    known = handlings(workspace)
    return lambda text: changed(text, audience, known, today=today)


def decisions(made: Iterable[Handling | None]) -> list[dict[str, str]]:
    """What was decided, each once, as a note keeps it."""
    return [
        {"what": one.words, "kind": one.kind.value, "handled": one.handled.value, "reason": one.reason, "by": one.by,
         "on": one.on.isoformat()}
        for one in {one.id: one for one in made if one is not None}.values()
    ]  # fmt: skip


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
    with workspace.change(PARTNERSHIP, by=handling.by, did=did, now=now) as made:
        made.put(handling.model_copy(update={"reason": reason}))
    return handlings(workspace)[handling.id]
