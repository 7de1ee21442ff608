"""The tracker's filter as text: `agency:police colour:red overdue "return home"`, read and written out again.

A value may be begun only (`agency:pol`). What is not understood is named with what may be meant, and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final, NamedTuple, TypeVar

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.filtering import GROUPS, Among, Due, Is, Not, Query, Sort, Term, Words
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.domain.plans.tracked import NOBODY, OUTSIDE, Field, Flag, Tracked, values_of
from qa_toolkit.domain.text import shorten, visible

T = TypeVar("T")
Vocabulary = Mapping[Field, Mapping[str, str]]
"""For each field its values, each with its label."""

ALIASES: Final = {
    "color": Field.COLOUR, "themes": Field.THEME, "agencies": Field.AGENCY, "status": Field.STATE,
    "rung": Field.RUNG, "who": Field.OWNER, "support": Field.WITH, "rec": Field.RECOMMENDATION,
}  # fmt: skip
_KEY = re.compile(r"([A-Za-z][A-Za-z-]*):(.*)", re.DOTALL)
_CHUNK = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_PIECE = re.compile(r'"[^"]*"?|[^",]+|,')
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_LONGEST: Final = 2000
"""Characters of a filter that are read."""
_SHOWN: Final = 8
"""Values that a hint names."""


class Reading(NamedTuple):
    """What was typed, understood as far as it can be."""

    query: Query
    faults: tuple[str, ...] = ()
    """A sentence for each part that was left out."""
    hint: str = ""
    """What may follow where the typing stopped."""


def vocabulary(rows: Iterable[Tracked], names: Mapping[Field, Mapping[str, str]]) -> dict[Field, dict[str, str]]:
    """The values that can be asked for: those that there are, with their names, and the fixed ones."""
    found: dict[Field, dict[str, str]] = {field: dict(names.get(field, {})) for field in Field}
    found[Field.COLOUR] = {one.value: one.label for one in Colour}
    found[Field.STATE] = {one.value: one.label for one in State}
    found[Field.SOURCE] = {one.value: one.label for one in Source}
    found[Field.PRIORITY] = {one.value: one.value.capitalize() for one in Priority}
    found[Field.RUNG] = {**{one.value: one.label for one in Rung}, NOBODY: "its owner only"}
    for row in rows:
        for field in (Field.AGENCY, Field.OWNER, Field.TIER, Field.THEME, Field.PLAN, Field.WITH,
                      Field.RECOMMENDATION):  # fmt: skip
            for value in values_of(field, row):
                if value not in found[field]:
                    label = {NOBODY: "nobody", OUTSIDE: "outside the area"}.get(value, value)
                    found[field][value] = row.plan.title if field is Field.PLAN else label
    return found


def read(text: str, known: Vocabulary) -> Reading:
    """The filter that was typed."""
    terms: list[Term] = []
    faults: list[str] = []
    sort, group, hint = Sort.WORST, None, ""
    if len(text) > _LONGEST:
        faults.append(f"Only the first {_LONGEST:,} characters of the filter are read.")
    for chunk in _CHUNK.findall(text[:_LONGEST]):
        try:
            made = _chunk(chunk, known)
        except AnswerError as error:
            faults.append(str(error))
            continue
        if isinstance(made, Sort):
            sort = made
        elif isinstance(made, _GroupBy):
            group = made.field
        elif isinstance(made, str):
            hint = made
        else:
            terms.append(made)
    return Reading(Query(tuple(dict.fromkeys(terms)), sort, group), tuple(faults), hint)


class _GroupBy(NamedTuple):
    field: Field | None


def _chunk(chunk: str, known: Vocabulary) -> Term | Sort | _GroupBy | str:
    """What one part says; a text is a hint about how it can go on."""
    negated = chunk.startswith("-") and len(chunk) > 1
    body = chunk[1:] if negated else chunk
    match = _KEY.fullmatch(body)
    if match is None or body.startswith('"'):
        return _bare(body, negated)
    key, rest = match[1].lower(), match[2]
    values = _values(rest)
    if key == "sort":
        return _one_of(values, {one.value: one for one in Sort}, "order") if values else _choices("sort", list(Sort))
    if key == "group":
        fields: dict[str, Field | None] = {**{one.value: one for one in GROUPS}, "no": None, NOBODY: None}
        return _GroupBy(_one_of(values, fields, "grouping")) if values else _choices("group", list(GROUPS))
    if key == "due":
        if not values:
            return "due: a number of working days, a month such as 2026-12, or a day."
        due = _due(" ".join(values))
        return Not(due) if negated else due
    if key == "is" and values:
        return _bare(values[0], negated, flag=True)
    field = ALIASES.get(key) or next((one for one in Field if one.value == key), None)
    if field is None:
        near = get_close_matches(key, [*(one.value for one in Field), *ALIASES, "due", "sort", "group"], 1)
        hint = f"Did you mean {near[0]}:?" if near else f"There are {', '.join(one.value for one in Field)} and due."
        raise AnswerError(f"Nothing is filtered by “{shorten(visible(key), 20)}:”. {hint} Words go in quotes.")
    if not values:
        return _choices(field.value, list(known.get(field, {})))
    found = [value for typed in values for value in _matching(field, typed, known.get(field, {}))]
    among = Among(field, tuple(dict.fromkeys(found)))
    return Not(among) if negated else among


def _bare(body: str, negated: bool, flag: bool = False) -> Term | str:
    quoted = body.startswith('"')
    words = body.replace('"', "").strip()
    named = next((one for one in Flag if one.value == words.lower()), None)
    if named is not None and not quoted:
        return Not(Is(named)) if negated else Is(named)
    if flag:
        near = get_close_matches(words.lower(), [one.value for one in Flag], 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(one.value for one in Flag)}."
        raise AnswerError(f"Nothing is called “{shorten(visible(words), 20)}” here. {hint}")
    if not words:
        return ""
    return Not(Words(words)) if negated else Words(words)


def _values(rest: str) -> list[str]:
    """The values after the colon: quotes hold what has a space or a comma in it."""
    found, now = [], ""
    for piece in _PIECE.findall(rest):
        if piece == ",":
            found.append(now)
            now = ""
        else:
            now += piece.strip('"') if piece.startswith('"') else piece
    return [value.strip() for value in [*found, now] if value.strip()]


def _matching(field: Field, typed: str, known: Mapping[str, str]) -> list[str]:
    """The values that were meant: the very one, else those that begin so, by id or by a word of their name."""
    wanted = _plain(typed)
    names_of = {id: (_plain(id), _plain(label)) for id, label in known.items()}
    exact = [id for id, names in names_of.items() if wanted == names[0]]
    if exact := exact or [id for id, names in names_of.items() if wanted == names[1]]:
        return exact
    begun = [
        id for id, (name, label) in names_of.items()
        if name.startswith(wanted) or label.startswith(wanted) or any(w.startswith(wanted) for w in label.split("_"))
    ]  # fmt: skip
    if begun:
        return begun
    names = {name.casefold(): id for id, label in known.items() for name in (id, label)}
    near = get_close_matches(typed.casefold()[:60], names, 1)
    shown = shorten(visible(typed), 30)
    hint = f"Did you mean {visible(names[near[0]])}?" if near else _choices(field.value, list(known))
    raise AnswerError(f"No {field.label} is called “{shown}”. {hint}")


def _plain(value: str) -> str:
    """A value for comparing: a role may have quotes in it, which cannot be typed here."""
    return "_".join(value.replace('"', "").casefold().split())


def _one_of(values: list[str], known: Mapping[str, T], noun: str) -> T:
    wanted = values[0].lower()
    found = [one for name, one in known.items() if name == wanted] or [
        one for name, one in known.items() if name.startswith(wanted)
    ]
    if not found:
        near = get_close_matches(wanted[:40], known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
        raise AnswerError(f"No {noun} is called “{shorten(visible(wanted), 20)}”. {hint}")
    return found[0]


def _choices(name: str, values: Iterable[object]) -> str:
    """A hint: what can follow a name."""
    found = sorted(visible(str(value)) for value in values)
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"{name}: {', '.join(found[:_SHOWN])}{more}." if found else f"There is no {name} among these actions."


def _due(text: str) -> Due:
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return Due(within=int(text))
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and 1900 <= year < 2100:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            return Due(first=date(year, month, 1), last=last)
    return Due(last=parse_date(text))


# --- and written out again


def show(query: Query) -> str:
    """The filter as somebody would type it; read again it is the same."""
    parts = [_show(term) for term in query.terms]
    if query.group is not None:
        parts.append(f"group:{query.group.value}")
    if query.sort is not Sort.WORST:
        parts.append(f"sort:{query.sort.value}")
    return " ".join(part for part in parts if part)


def _show(term: Term) -> str:
    match term:
        case Not(inner):
            return f"-{_show(inner)}"
        case Words(text):
            plain = (
                text and not any(c.isspace() or c in '":' for c in text) and not text.startswith("-")
                and text.lower() not in [flag.value for flag in Flag]
            )  # fmt: skip
            return text if plain else f'"{text}"'
        case Is(flag):
            return flag.value
        case Due(first, last, within):
            if within is not None:
                return f"due:{within}"
            if first is not None:
                return f"due:{first:%Y-%m}"
            return f"due:{last.isoformat()}" if last else ""
        case Among(field, values):
            return f"{field.value}:{','.join(_quoted(value) for value in values)}"


def _quoted(value: str) -> str:
    plain = value.replace('"', "")
    return f'"{plain}"' if not plain or any(c.isspace() or c == "," for c in plain) else plain


def in_words(query: Query, known: Vocabulary) -> str:
    """The filter as a sentence, for a printed list: nobody has to know how it was typed."""
    said = [_said(term, known) for term in query.terms]
    if not query.says_state:
        said.insert(0, "live")
    group = f", by {query.group.label}" if query.group else ""
    return f"Actions: {'; '.join(said)}; {query.sort.words}{group}."


def _said(term: Term, known: Vocabulary) -> str:
    match term:
        case Not(inner):
            return f"not ({_said(inner, known)})"
        case Words(text):
            return f"with “{visible(text)}”"
        case Is(flag):
            return flag.words
        case Due(first, last, within):
            if within is not None:
                return f"due within {within} working days"
            since = f"from {show_date(first)} " if first else ""
            return f"due {since}up to {show_date(last)}" if last else "due"
        case Among(field, values):
            names = known.get(field, {})
            return f"{field.label} {' or '.join(visible(names.get(value, value)) for value in values)}"
