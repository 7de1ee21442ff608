"""An audit's terms of reference: what it asks, of which children, how, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.records import Frozen, Record


class KeyLine(Frozen):
    """One key line of enquiry, tied to the sections that answer it."""

    text: str
    sections: tuple[str, ...] = ()


def read_line(text: str) -> KeyLine:
    """A key line as it is typed: `UI,VC=Was it seen early?`, or the question alone."""
    head, equals, rest = text.partition("=")
    sections = tuple(part.strip().upper() for part in head.split(",")) if equals else ()
    return KeyLine(text=(rest if equals else text).strip(), sections=sections)


def write_line(line: KeyLine) -> str:
    """A key line as it would be typed."""
    return f"{','.join(line.sections)}={line.text}" if line.sections else line.text


class Slot(Frozen):
    """One named day of the timetable."""

    title: str
    day: date


class Terms(Record):
    """The terms of reference; the id is the audit's."""

    table: ClassVar[str] = "terms"

    lines: tuple[KeyLine, ...] = ()
    cohort: str = ""
    """Which children are looked at."""
    census: date | None = None
    """The day on which a child must be in the cohort."""
    method: str = ""
    governance: str = ""
    """The information-governance note: the sharing agreement, what is kept and for how long."""
    outside: tuple[str, ...] = ()
    """Agencies from outside the area that take part, such as a placing authority or a neighbouring force."""
    timetable: tuple[Slot, ...] = ()


ORDINARY = (
    ("Tools go out", 0),
    ("Record checks are answered", 10),
    ("Returns are due", 25),
    ("The panel sits", 35),
    ("Draft report", 50),
    ("Agencies have checked the facts", 60),
)
"""Names and working days from the opening. Sector custom, not a rule of law: each partnership sets its own days."""

JOINT_AUDIT = "Joint audit and its moderation"
"""The day by which agencies have audited the children that are tracked."""
JOINT_INSPECTION = (
    ("Notified; lists of children are asked for", 0),
    ("Lists of children are sent", 1),
    ("Children to be tracked are named", 3),
    ("Agencies audit the tracked children", 4),
    (JOINT_AUDIT, 7),
    ("Tracked-children audits are sent", 9),
    ("Fieldwork begins", 10),
)
"""Names and working days from the notification of a joint targeted area inspection: fieldwork is ten days after it."""


def timetable(steps: Iterable[tuple[str, int]], start: date, calendar: WorkingCalendar) -> tuple[Slot, ...]:
    """The named days, counted in working days from the start; a start on a free day counts from the next one."""
    if not calendar.is_working(start):
        start = calendar.add_working_days(start, 1)
    return tuple(Slot(title=title, day=calendar.add_working_days(start, days)) for title, days in steps)
