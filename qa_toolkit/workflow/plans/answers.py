"""What was answered, a line each: to a recommendation, for a commitment, and what came of good practice."""

from __future__ import annotations

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.plan import Response, Statement, Uptake


def responded(one: Response) -> str:
    """Who answered what to a recommendation, when and why."""
    who = one.agency or "The partnership"
    why = f": {one.reason}" if one.reason else "."
    return f"{who}: {one.answer.label}, {show_date(one.on)}, by {one.by_whom}{why}"


def stated(one: Statement) -> str:
    """Where a commitment stood on a day, and what was different for children."""
    return f"{show_date(one.on)}: {' '.join(filter(None, (one.text, one.difference)))}"


def took_up(one: Uptake) -> str:
    """What an agency did with good practice, and what shows it."""
    more = "; ".join(filter(None, (f"shown by {one.shown_by}" if one.shown_by else "", one.note)))
    return f"{one.agency}: {one.answer.label}, {show_date(one.on)}{f'; {more}' if more else ''}"
