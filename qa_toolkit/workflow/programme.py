"""The year's programme: planned, agreed, changed with a reason, and tied to the audits that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.programme import Because, Entry, Load, Standing, check_months, loads
from qa_toolkit.domain.template.model import Kind
from qa_toolkit.domain.text import clean
from qa_toolkit.store.workspace import PARTNERSHIP, Seen, Workspace
from qa_toolkit.workflow import allowed


def plan(
    workspace: Workspace,
    title: str,
    kind: Kind,
    first: str,
    last: str = "",
    *,
    because: Because,
    why: str,
    asks: Mapping[str, int] | None = None,
    theme: str = "",
    lead: str = "",
    tier: str = "",
    by: str,
    now: datetime,
) -> Entry:
    """A new entry, under the next number of its first month's year.

    Raises:
        InputError: No title or reason, months that are none, an agency or a group that is not here.
    """
    allowed.coordinator(workspace, by, "plan an audit")
    title, why = clean(title).strip(), clean(why).strip()
    if not title or len(why) < 10:
        raise InputError("Give a title, and say in a sentence why it was chosen: the Board asks.")
    months, asked = check_months(first, last), dict(asks or {})
    for agency, count in asked.items():
        if agency not in workspace.agencies():
            raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
        if not 0 < count <= 1000:
            raise InputError(f"{agency} would be asked for {count} returns: give a number from 1 to 1000.")
    with workspace.change(PARTNERSHIP, by=by, did="planned an audit", now=now) as change:
        prefix = f"P-{months[0][:4]}-"
        entry = Entry(
            id=f"{prefix}{next_number(prefix, change.shelf.all(Entry)):02}", title=title, kind=kind, theme=clean(theme),
            because=because, why=why, lead=clean(lead), tier=clean(tier), months=months, asks=asked,
        )  # fmt: skip
        change.put(entry)
    return find(workspace, entry.id)


def move(
    workspace: Workspace, entry_id: str, standing: Standing, *, reason: str = "", audit: str = "",
    months: Iterable[str] = (), seen: Seen | None = None, by: str, now: datetime,
) -> Entry:  # fmt: skip
    """The entry with another standing; postponed or abandoned keeps its reason, running may name its audit.

    Raises:
        InputError: No reason where one is kept, or an audit that is not here.
    """
    allowed.coordinator(workspace, by, "change the programme")
    entry, reason = find(workspace, entry_id), clean(reason).strip()
    if standing in (Standing.POSTPONED, Standing.ABANDONED) and len(reason) < 10:
        raise InputError(f"Say in a sentence why it is {standing.value}: the programme keeps the reason.")
    if audit and audit.upper() not in workspace.audits():
        raise InputError(f"There is no audit {audit}. `qa audit list` shows those there are.")
    update: dict[str, object] = {"standing": standing, "reason": reason or entry.reason}
    update["audit"] = audit.upper() or entry.audit
    if found := tuple(months):
        update["months"] = found
    why = reason or None
    with workspace.change(PARTNERSHIP, by=by, did="changed the programme", why=why, now=now, seen=seen) as change:
        change.put(change.shelf.all(Entry)[entry.id].model_copy(update=update))
    return find(workspace, entry.id)


def find(workspace: Workspace, entry_id: str) -> Entry:
    """The entry with that id."""
    found = workspace.partnership_shelf.get(Entry, entry_id.strip().upper())
    if found is None:
        raise NotFound(f"There is no entry {entry_id} in the programme. `qa programme list` shows those there are.")
    return found


def entries(workspace: Workspace) -> Mapping[str, Entry]:
    """The whole programme, in the order in which it was planned."""
    return workspace.partnership_shelf.all(Entry)


def burdens(workspace: Workspace) -> list[Load]:
    """What each month asks of each agency."""
    return loads(entries(workspace).values())
