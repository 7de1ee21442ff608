"""A strategy or Business Plan as a partnership writes it down in a file, and when each commitment is next spoken to."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from qa_toolkit.domain.errors import Fault, TemplateError
from qa_toolkit.domain.plans.plan import Plan, Source, Statement
from qa_toolkit.domain.records import Frozen
from qa_toolkit.domain.text import clean

MOST: Final = 500
"""Commitments in one file; a long strategy has forty."""
_KINDS: Final = (Source.STRATEGY, Source.BUSINESS_PLAN)


class Promised(Frozen):
    """One commitment of a file."""

    heading: str
    aim: str = ""
    text: str
    owner: str = ""
    agency: str = ""
    themes: tuple[str, ...] = ()


class Strategy(Frozen):
    """What such a file says."""

    title: str
    source: Source = Source.STRATEGY
    edition: str = ""
    owner: str = ""
    tier: str = "qa-group"
    statement_months: int = 6
    commitments: tuple[Promised, ...]

    @property
    def headings(self) -> list[str]:
        """The headings in their order."""
        return list(dict.fromkeys(one.heading for one in self.commitments))


def statement_due(plan: Plan, said: Sequence[Statement]) -> date:
    """The day by which a commitment is next spoken to: so many months after the last time, or after it was opened."""
    return months_after(said[-1].on if said else plan.opened, plan.statement_months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_PLAN: Final[dict[str, type]] = {
    "title": str, "kind": str, "edition": str, "owner": str, "tier": str, "statement_months": int,
}  # fmt: skip
_HEADING: Final[dict[str, type]] = {"title": str, "aim": str, "commitments": list}
_COMMITMENT: Final[dict[str, type]] = {"text": str, "owner": str, "agency": str, "themes": list}


def read_strategy(raw: bytes, name: str) -> Strategy:
    """The strategy in a file's bytes; strict, so that a misspelt key is not a commitment without an owner.

    Raises:
        TemplateError: With everything that is wrong, each with its place.
    """
    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError(f"{name} is no TOML file that can be read ({error}).") from None
    faults = list(_faults(found, name))
    if faults:
        raise TemplateError(f"{name} cannot be read as a strategy:", faults)
    plan = found["plan"]
    return Strategy(
        title=clean(plan["title"]).strip(), source=Source(plan.get("kind", "strategy")),
        edition=clean(plan.get("edition", "")).strip(), owner=clean(plan.get("owner", "")).strip(),
        tier=plan.get("tier", "qa-group"), statement_months=plan.get("statement_months", 6),
        commitments=tuple(
            Promised(
                heading=clean(heading["title"]).strip(), aim=clean(heading.get("aim", "")).strip(),
                text=clean(one["text"]).strip(), owner=clean(one.get("owner", "")).strip(),
                agency=one.get("agency", "").strip().lower(), themes=tuple(one.get("themes", ())),
            )
            for heading in found["headings"] for one in heading["commitments"]
        ),
    )  # fmt: skip


def _faults(found: dict[str, Any], name: str) -> Iterator[Fault]:
    yield from _keys(found, {"plan": dict, "headings": list}, name, needed=("plan", "headings"))
    plan = found.get("plan")
    if isinstance(plan, dict):
        place = f"{name}, [plan]"
        yield from _keys(plan, _PLAN, place, needed=("title",))
        if isinstance(kind := plan.get("kind", "strategy"), str) and kind not in _KINDS:
            yield Fault(place, f"kind is {' or '.join(_KINDS)}, not “{kind[:40]}”.")
        if type(months := plan.get("statement_months", 6)) is int and not 1 <= months <= 24:
            yield Fault(place, "statement_months is a number of months from 1 to 24.")
    count = 0
    for number, heading in enumerate(_list(found.get("headings")), start=1):
        place = f"{name}, heading {number}"
        if not isinstance(heading, dict):
            yield Fault(place, "a heading is written as [[headings]] with a title.")
            continue
        yield from _keys(heading, _HEADING, place, needed=("title", "commitments"))
        for position, one in enumerate(_list(heading.get("commitments")), start=1):
            count += 1
            where = f"{place}, commitment {position}"
            if not isinstance(one, dict):
                yield Fault(where, "a commitment is written as [[headings.commitments]] with a text.")
                continue
            yield from _keys(one, _COMMITMENT, where, needed=("text",))
            if any(not isinstance(theme, str) for theme in _list(one.get("themes"))):
                yield Fault(where, "themes are texts.")
    if isinstance(found.get("headings"), list) and not count:
        yield Fault(name, "it has no commitment.")
    if count > MOST:
        yield Fault(name, f"it has {count} commitments; up to {MOST} are read.")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(table: dict[str, Any], known: dict[str, type], place: str, *, needed: tuple[str, ...]) -> Iterator[Fault]:
    for key in table:
        if key not in known:
            yield Fault(place, f"there is no “{key[:40]}” here; there are {', '.join(known)}.")
    for key, kind in known.items():
        if key not in table:
            if key in needed:
                yield Fault(place, f"{key} is missing.")
        elif type(table[key]) is not kind:
            yield Fault(place, f"{key} is {_WORDS[kind]}.")
        elif kind is str and key in needed and len(table[key].strip()) < 4:
            yield Fault(place, f"{key} is too short to be understood.")


_WORDS: Final[dict[type, str]] = {str: "a text in quotes", int: "a whole number", list: "a list", dict: "a table"}
