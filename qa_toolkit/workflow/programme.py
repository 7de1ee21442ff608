"""The year's programme: planned, agreed, changed with a reason, and tied to the audits that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.programme import Because, Entry, Load, Standing, check_months, loads
from qa_toolkit.domain.school_terms import Term, TermDates
from qa_toolkit.domain.template.kind import Kind
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
    title, why = _chosen(title, why)
    months, asked, tier = check_months(first, last), _asked(workspace, asks or {}), _tier(workspace, tier)
    with workspace.change(PARTNERSHIP, by=by, did="planned an audit", now=now) as change:
        prefix = f"P-{months[0][:4]}-"
        entry = Entry(
            id=f"{prefix}{next_number(prefix, change.shelf.all(Entry)):02}", title=title, kind=kind, theme=clean(theme),
            because=because, why=why, lead=clean(lead), tier=tier, months=months, asks=asked,
        )  # fmt: skip
        change.put(entry)
    return find(workspace, entry.id)


def _chosen(title: str, why: str) -> tuple[str, str]:
    title, why = clean(title).strip(), clean(why).strip()
    if not title or len(why) < 10:
        raise InputError("Give a title, and say in a sentence why it was chosen: the Board asks.")
    return title, why


def _asked(workspace: Workspace, asks: Mapping[str, int]) -> dict[str, int]:
    for agency, count in asks.items():
        if agency not in workspace.agencies():
            raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
        if not 0 < count <= 1000:
            raise InputError(f"{agency} would be asked for {count} returns: give a number from 1 to 1000.")
    return dict(asks)


def _tier(workspace: Workspace, typed: str) -> str:
    """The group's name as this workspace has it; any name where it has no groups."""
    typed, groups = clean(typed).strip(), workspace.partnership_shelf.all(Tier)
    if not typed or not groups:
        return typed
    for id, group in groups.items():
        if typed.casefold() in (id.casefold(), group.name.casefold()):
            return group.name
    raise InputError(f"There is no group “{typed}” here: {', '.join(group.name for group in groups.values())}.")


def revise(
    workspace: Workspace,
    entry_id: str,
    *,
    title: str,
    kind: Kind,
    first: str,
    last: str = "",
    because: Because,
    why: str,
    asks: Mapping[str, int],
    theme: str = "",
    lead: str = "",
    tier: str = "",
    seen: Seen | None = None,
    by: str,
    now: datetime,
) -> Entry:
    """The entry as it is planned now; where it stands is changed by `move`.

    Raises:
        InputError: As for `plan`.
    """
    allowed.coordinator(workspace, by, "change the programme")
    entry, (title, why) = find(workspace, entry_id), _chosen(title, why)
    update = {
        "title": title, "kind": kind, "months": check_months(first, last), "because": because, "why": why,
        "asks": _asked(workspace, asks), "theme": clean(theme).strip(), "lead": clean(lead).strip(),
        "tier": _tier(workspace, tier),
    }  # fmt: skip
    with workspace.change(PARTNERSHIP, by=by, did="changed the programme", now=now, seen=seen) as change:
        change.put(change.shelf.all(Entry)[entry.id].model_copy(update=update))
    return find(workspace, entry.id)


def move(
    workspace: Workspace, entry_id: str, standing: Standing, *, reason: str = "", audit: str = "", tier: str = "",
    months: Iterable[str] = (), seen: Seen | None = None, by: str, now: datetime,
) -> Entry:  # fmt: skip
    """The entry with another standing; postponed or abandoned keeps its reason, agreed the group that agreed it.

    Raises:
        InputError: No reason or no group where one is kept, months that are none, or an audit that is not here.
    """
    allowed.coordinator(workspace, by, "change the programme")
    entry, reason = find(workspace, entry_id), clean(reason).strip()
    if standing in (Standing.POSTPONED, Standing.ABANDONED) and len(reason) < 10:
        raise InputError(f"Say in a sentence why it is {standing.value}: the programme keeps the reason.")
    if audit and audit.upper() not in workspace.audits():
        raise InputError(f"There is no audit {audit}. `qa audit list` shows those there are.")
    tier = _tier(workspace, tier) or entry.tier
    if standing is Standing.AGREED and not tier:
        raise InputError("Say which group agreed it: the programme names it.")
    update: dict[str, object] = {"standing": standing, "reason": reason, "tier": tier}
    update["audit"] = audit.upper() or entry.audit
    if found := tuple(months):
        update["months"] = check_months(found[0], found[-1])
    with workspace.change(PARTNERSHIP, by=by, did="changed the programme", now=now, seen=seen) as change:
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


def own_terms(workspace: Workspace) -> Mapping[str, TermDates]:
    """The partnership's own school terms; typical ones stand where it has none."""
    return workspace.partnership_shelf.all(TermDates)


def set_terms(workspace: Workspace, whose: str, terms: tuple[Term, ...], *, by: str, now: datetime) -> TermDates:
    """School terms of the partnership's own, in the place of others of the same months.

    Raises:
        InputError: Nobody is named whose they are.
    """
    allowed.coordinator(workspace, by, "set the school terms")
    whose = clean(whose).strip()
    if not whose:
        raise InputError("Say whose dates these are, and of which year, such as “Northshire Council, 2026/27”.")
    with workspace.change(PARTNERSHIP, by=by, did="set school terms", now=now) as change:
        known = change.shelf.all(TermDates)
        made = TermDates(id=f"T-{next_number('T-', known)}", whose=whose, terms=terms)
        for one in known.values():
            if one.first <= made.last and one.last >= made.first:
                change.drop(one)
        change.put(made)
    return own_terms(workspace)[made.id]
