"""What is said below the fields of a recommendation or an action while it is typed: advice, and what a number means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.plans import smart
from qa_toolkit.domain.plans.smart import Earlier, Remark
from qa_toolkit.tui.forms.form import Values

_FIELDS = {"date": "due", "far": "due", "measure": "measure", "outcome": "outcome"}
"""The field below which each kind of remark stands; the others stand below the text."""


def on_action(row: Values, today: date, earlier: Mapping[str, Earlier]) -> dict[str, str]:
    """The check of an action's wording, each remark under its field."""
    owner = row.get("owner") or row.get("owner_role") or row.get("outside") or ""
    found = smart.check_action(
        str(row.get("text", "")), today=today, owner=str(owner), due=typed_day(row.get("due")),
        measure=str(row.get("measure", "")), outcome=str(row.get("outcome", "")), earlier=earlier,
    )  # fmt: skip
    return _by_field(found, "owner")


def on_recommendation(row: Values, earlier: Mapping[str, Earlier]) -> dict[str, str]:
    """The check of a recommendation's wording, each remark under its field."""
    found = smart.check_recommendation(
        str(row.get("text", "")), agencies=several(row.get("agencies")), measure=str(row.get("measure", "")),
        earlier=earlier,
    )  # fmt: skip
    return _by_field(found, "agencies")


def _by_field(found: Iterable[Remark], owner: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for remark in found:
        field = owner if remark.code == "owner" else _FIELDS.get(remark.code, "text")
        said[field] = "\n".join(filter(None, (said.get(field), remark.sentence)))
    return said


def meant(row: Values, field: str, known: Mapping[str, str]) -> dict[str, str]:
    """What a number or a name that was typed in a field stands for, or what may be meant by it."""
    typed = str(row.get(field, "")).strip()
    found = next((words for id, words in known.items() if id.casefold() == typed.casefold()), None)
    return {field: found or _near(typed, known)} if typed else {}


def _near(typed: str, known: Mapping[str, str]) -> str:
    from difflib import get_close_matches  # 5 ms of import, and only wanted for a slip

    by_small = {id.casefold(): id for id in known}
    wanted = typed.casefold()
    begun = [id for small, id in by_small.items() if small.startswith(wanted)]
    near = begun[:2] or [by_small[small] for small in get_close_matches(wanted[:60], by_small, 2)]
    return f"Did you mean {' or '.join(near)}?" if near else "There is none of that name."


def typed_day(typed: object) -> date | None:
    """The day that was typed, if it can be read as one yet."""
    with suppress(AnswerError):
        return parse_date(str(typed or ""))
    return None


def several(typed: object) -> tuple[str, ...]:
    """What was typed with commas between."""
    return tuple(one.strip() for one in str(typed or "").split(",") if one.strip())
