"""A pack from what was asked to what was sent: its two moments, the paper, the file with its note, an audit's version.

The commands and the screens ask for packs in these words alone, so that both make the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import end_of_day, show_date, zone
from qa_toolkit.domain.disclosure.rules import DEFAULT, RuleSet
from qa_toolkit.domain.errors import InputError
from qa_toolkit.reports.figures.collecting import digest
from qa_toolkit.reports.figures.whole import Moments
from qa_toolkit.reports.making import Kind, Request, kind_of, last_meeting, make
from qa_toolkit.reports.sending import Paper, Sent, send
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import accuracy

DAYS_BACK = 91
"""Where no earlier day is named and the pack names none: a quarter, as the Business Group meets."""


def moments(
    workspace: Workspace, *, as_at: date | None, since: date | None, now: datetime, today: date,
    days_back: int = DAYS_BACK, opened: date | None = None,
) -> Moments:  # fmt: skip
    """The two moments; unless said, now, and back so many days or to the day before an audit was opened.

    Raises:
        InputError: The later day is still to come, or the earlier is not before it.
    """
    place = zone(workspace.partnership().zone)
    if as_at is not None and as_at > today:
        raise InputError(f"{show_date(as_at)} is still to come: figures are of a day that has been.")
    # The end of today is not here yet, and what is to come has not been recorded.
    until = min(end_of_day(as_at, place), now) if as_at else now
    if since is None and opened is not None:
        since = opened - timedelta(days=1)
    return Moments(end_of_day(since or (until - timedelta(days=days_back)).astimezone(place).date(), place), until)


def moments_of(
    workspace: Workspace, kind: Kind, words: Mapping[str, str], *, as_at: date | None, since: date | None,
    now: datetime, today: date,
) -> Moments:  # fmt: skip
    """The two moments of a pack; unless said, since the group's last meeting, the audit's opening, or its usual days.

    Raises:
        InputError: There is no such audit, or a day cannot be.
    """
    audit = words.get("audit", "")
    opened = workspace.audit(audit).audit.opened if audit and not kind.days else None
    asked = moments(
        workspace, as_at=as_at, since=since, now=now, today=today, days_back=kind.days or DAYS_BACK, opened=opened
    )
    if kind.tier and since is None and (met := last_meeting(workspace, kind.tier, asked.as_at)):
        asked = asked._replace(since=met)
    return asked


def paper_for(
    workspace: Workspace, word: str, words: Mapping[str, str], *, as_at: date | None = None, since: date | None = None,
    rules: RuleSet = DEFAULT, calendar: WorkingCalendar, now: datetime, today: date,
) -> Paper:  # fmt: skip
    """The pack as it was asked for, made and not yet written; an audit's report in the version that comes next, or in
    the last one where it would say the same.

    Raises:
        InputError: There is no such pack, or what it needs is missing.
    """
    kind, words = kind_of(word), dict(words)
    again = None
    if kind.word == "audit" and words.get("audit"):
        words["audit"], final = workspace.audit(words["audit"]).audit.id, words.get("final") == "yes"
        if as_at is None and since is None:
            again = accuracy.still_so(workspace, words["audit"], final=final, today=today)
        words["version"] = again[0].version if again else accuracy.coming(workspace, words["audit"], final=final)
    asked = moments_of(workspace, kind, words, as_at=as_at, since=since, now=now, today=today)
    if again:
        asked = asked._replace(as_at=again[1])
    return make(workspace, word, Request(asked, calendar, now, rules, words))


def deliver(
    workspace: Workspace, paper: Paper, out: Path, *, by: str, now: datetime, today: date, replace: bool = False
) -> Sent:
    """Write the pack and its note; of an audit's report, record the version once its file is there.

    Raises:
        NotAllowed: Only a co-ordinator or a chair releases what goes out.
        NotReady: Its text could identify somebody, and nobody has decided.
        InputError: The file's name does not fit, or it is there already.
        NotSaved: The disk refused.
    """
    sent = send(workspace, paper, out, by=by, now=now, today=today, replace=replace)
    if paper.kind == "audit" and not _written_before(workspace, paper):
        accuracy.record_version(
            workspace, paper.asked["audit"], paper.asked["version"], digest(paper.figures),
            final=paper.asked.get("final") == "yes", by=by, now=now, today=today,
        )  # fmt: skip
    return sent


def _written_before(workspace: Workspace, paper: Paper) -> bool:
    """Whether the version of an audit's report is recorded already, and this is only one more file of it."""
    return any(one.version == paper.asked["version"] for one in accuracy.versions(workspace, paper.asked["audit"]))
