"""A meeting's papers, minutes and decision log made and written: looked through for identifiers, coded and noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import day_of, show_date, show_moment, zone
from qa_toolkit.domain.errors import StoreError
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.meetings import Meeting
from qa_toolkit.domain.release import Found
from qa_toolkit.reports.layout.document import Document, Note, Part, places, rewritten
from qa_toolkit.reports.layout.formats import check_format, write_paper
from qa_toolkit.reports.meetings.minutes import log_table, minutes_parts, papers_parts
from qa_toolkit.store import exports, filed
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Workspace
from qa_toolkit.workflow import releasing
from qa_toolkit.workflow.plans.agenda import items, papers
from qa_toolkit.workflow.plans.keeping import find
from qa_toolkit.workflow.plans.minutes import decision_log, hidden, minutes

NO_CODE = "none, because a file is damaged"
EXAMPLE = "A worked example: the partnership, the people and the children are invented."


def minutes_paper(
    workspace: Workspace, meeting_id: str, *, now: datetime, today: date, calendar: WorkingCalendar
) -> Document:
    """The minutes, with the code of the record as it stands now."""
    of = minutes(workspace, meeting_id, now=now, today=today, calendar=calendar)
    tz = zone(workspace.partnership().zone)
    parts = minutes_parts(of, tz)
    word = "approved" if of.approved_by else "draft"
    about = f"{of.meeting.id}, {show_date(of.meeting.day)}, {word}. {_audience(of.tier)}"
    return _document(workspace, f"Minutes of the {of.tier.name}", about, parts, of.meeting.ended_at or now, word)


def papers_paper(
    workspace: Workspace, meeting_id: str, *, now: datetime, today: date, calendar: WorkingCalendar
) -> Document:
    """The papers of a meeting."""
    at = papers(workspace, meeting_id, now=now, today=today, calendar=calendar)
    meeting = find(workspace, Meeting, meeting_id)
    about = f"{meeting.id}, {show_date(meeting.day)}. {_audience(at.tier)}"
    parts = papers_parts(at, items(workspace, at))
    return _document(workspace, f"Papers of the {at.tier.name}", about, parts, at.moment, "1")


def log_paper(workspace: Workspace, tier: Tier | None, *, now: datetime) -> Document:
    """The decision log of a group, or of all."""
    tz = zone(workspace.partnership().zone)
    people = workspace.people()

    def name(who: str) -> str:
        return f"{people[who].name} ({people[who].agency})" if who in people else who

    parts = (log_table(decision_log(workspace, tier.id if tier else ""), hidden(workspace), tz, name),)
    whose = f"of the {tier.name}" if tier else "of all groups"
    return _document(workspace, f"Decision log {whose}", _audience(tier) if tier else "", parts, now, "1")


def found_in(workspace: Workspace, document: Document, audience: Audience, *, today: date) -> list[Found]:
    """What in a meeting's paper could identify somebody to its group, with what was decided."""
    return releasing.looked_through(workspace, places(document), audience, today=today)


def write_meeting_paper(
    workspace: Workspace, document: Document, out: Path, *, kind: str, subject: str, audience: Audience, by: str,
    now: datetime, replace_it: bool = False,
) -> None:  # fmt: skip
    """Write a paper in the format that its name asks for, and the note of it.

    Raises:
        InputError: The name asks for none of the formats, or is taken.
        NotReady: Typed text could identify somebody, and nobody has decided; every place is named.
        NotSaved: The disk refused.
    """
    check_format(out, replace=replace_it)
    today = day_of(now, zone(workspace.partnership().zone))
    found = found_in(workspace, document, audience, today=today)
    releasing.require_decided(found, audience, out.name)
    put = releasing.in_other_words(workspace, found, audience, today=today)
    write_paper(document if put is None else rewritten(document, put), out, now=now, workspace=workspace.root)
    exports.note(
        workspace.folder, out, kind=kind, subject=subject, audience=audience.label, by=by, now=now,
        identifiers=len(found), journals=[PARTNERSHIP, ACTIONS],
        more={"audience_class": audience.value, "decided": releasing.decisions(one.handling for one in found)},
    )  # fmt: skip


def _document(
    workspace: Workspace, title: str, about: str, parts: Sequence[Part], at: datetime, version: str
) -> Document:
    partnership = workspace.partnership()
    try:
        code = filed.keep(workspace.folder)
    except StoreError:
        # People wait for the minutes; that they carry no code is said where the code would stand.
        code = NO_CODE
    first = (Note(EXAMPLE),) if partnership.example else ()
    return Document(
        title=title, marking=partnership.marking, as_at=show_moment(at, zone(partnership.zone)), head=code,
        parts=(*first, *parts), subtitle=about, version=version, author=partnership.name,
    )  # fmt: skip


def _audience(tier: Tier) -> str:
    return f"For the {tier.name}; not to be passed on."
