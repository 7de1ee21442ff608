"""Choosing from lists what the tracker filters by, in which order and under which headings."""

from __future__ import annotations

from textual.app import App

from qa_toolkit.domain.plans.filtering import GROUPS, Query, Sort
from qa_toolkit.domain.plans.querying import Vocabulary
from qa_toolkit.domain.plans.tracked import Field, Flag
from qa_toolkit.tui.forms.asking import PickOne


async def filter_chosen(app: App[object], query: Query, known: Vocabulary) -> Query | None:
    """The filter with one more condition or one less, or none at all; None where nothing was chosen."""
    fields = [field for field in Field if known.get(field)]
    asked = {field: ", ".join(query.values(field)) for field in fields}
    labels = [field.label.capitalize() + (f": {asked[field]}" if asked[field] else "") for field in fields]
    flags = [f"{'Not only' if query.has(flag) else 'Only'} what is {flag.value}: {flag.words}" for flag in Flag]
    clear = ["No filter: everything that is live"]
    picked = await app.push_screen_wait(PickOne("Filter", "By what?", [*labels, *flags, *clear]))
    if picked is None:
        return None
    if picked < len(fields):
        return await _value_chosen(app, query, fields[picked], known)
    if picked < len(fields) + len(flags):
        return query.turned(list(Flag)[picked - len(fields)])
    return Query(sort=query.sort, group=query.group)


async def _value_chosen(app: App[object], query: Query, field: Field, known: Vocabulary) -> Query | None:
    names, before = known[field], query.values(field)
    values = sorted(names, key=lambda value: names[value].casefold())
    labels = [f"{'[x]' if value in before else '[ ]'} {_named(value, names[value])}" for value in values]
    words = "Enter puts one in, or takes it out. Several of them: whatever has one."
    picked = await app.push_screen_wait(PickOne(field.label.capitalize(), words, labels))
    if picked is None:
        return None
    value = values[picked]
    kept = tuple(one for one in before if one != value)
    return query.asking(field, kept if value in before else (*before, value))


async def order_chosen(app: App[object], query: Query) -> Query | None:
    """The filter in another order."""
    orders = list(Sort)
    labels = [order.words.capitalize() for order in orders]
    picked = await app.push_screen_wait(PickOne("Sort", "In which order?", labels))
    return None if picked is None else query._replace(sort=orders[picked])


async def headings_chosen(app: App[object], query: Query) -> Query | None:
    """The filter under other headings, or under none."""
    labels = ["No headings", *(field.label.capitalize() for field in GROUPS)]
    picked = await app.push_screen_wait(PickOne("Group", "Under headings by what?", labels))
    return None if picked is None else query._replace(group=GROUPS[picked - 1] if picked else None)


def _named(value: str, label: str) -> str:
    return label if label == value else f"{label} ({value})"
