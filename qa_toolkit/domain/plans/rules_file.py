"""A partnership’s own rule set from a file: TOML, read strictly, every fault named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from qa_toolkit.domain.errors import Fault, InputError, TemplateError
from qa_toolkit.domain.plans.colour import Colour, Condition, Facts, Rule, RuleSet, check_rules
from qa_toolkit.domain.text import clean

_TOP: Final[dict[str, type]] = {"name": str, "version": str, "cycle_days": int, "rules": list}
_RULE: Final[dict[str, type]] = {"colour": str, "words": str, "when": list, "shows": str}
_WHEN: Final[dict[str, type]] = {"fact": str, "is": bool, "least": int, "below": int}
_NEEDED: Final = {"name", "version", "rules", "colour", "words", "fact"}
_WORDS: Final[dict[type, str]] = {
    str: "a text in quotes", int: "a whole number", list: "a list", bool: "true or false",
}  # fmt: skip
_MOST: Final = 60


def read_rules(raw: bytes, name: str) -> RuleSet:
    """The rule set in a file's bytes, checked to give every action a colour.

    Raises:
        TemplateError: With everything that is wrong, each with its place.
    """
    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError(f"{name} is no TOML file that can be read ({error}).") from None
    if faults := list(_faults(found, name)):
        raise TemplateError(f"{name} cannot be read as a rule set:", faults)
    rules = tuple(
        Rule(
            colour=Colour(one["colour"]), words=clean(one["words"]).strip(), shows=one.get("shows", ""),
            when=tuple(
                Condition(fact=w["fact"], is_=w.get("is"), least=w.get("least"), below=w.get("below"))
                for w in one.get("when", ())
            ),
        )
        for one in found["rules"]
    )  # fmt: skip
    made = RuleSet(
        id=clean(found["name"]).strip(), version=clean(found["version"]).strip(), since=date.min,
        cycle_days=found.get("cycle_days", 30), rules=rules,
    )  # fmt: skip
    try:
        return check_rules(made)
    except InputError as error:
        raise TemplateError(f"{name}: {error}") from None


def _faults(found: dict[str, Any], name: str) -> Iterator[Fault]:
    yield from _keys(found, _TOP, name)
    title = found.get("name")
    if isinstance(title, str) and (not title.strip() or len(title) > 60 or "/" in title):
        yield Fault(name, "name is up to 60 characters, without a slash.")
    rules = found.get("rules")
    if not isinstance(rules, list):
        return
    if len(rules) > _MOST:
        yield Fault(name, f"it has {len(rules)} rules; up to {_MOST} are read.")
    for number, rule in enumerate(rules, start=1):
        place = f"{name}, rule {number}"
        if not isinstance(rule, dict):
            yield Fault(place, "a rule is written as [[rules]] with a colour and its words.")
            continue
        yield from _keys(rule, _RULE, place)
        if isinstance(colour := rule.get("colour"), str) and colour not in list(Colour):
            yield Fault(place, f"“{colour[:40]}” is no colour: there are {', '.join(Colour)}.")
        conditions = rule.get("when", [])
        for one in conditions if isinstance(conditions, list) else []:
            if not isinstance(one, dict):
                yield Fault(place, 'a condition is written as { fact = "days_overdue", least = 1 }.')
                continue
            yield from _keys(one, _WHEN, place)
            if isinstance(fact := one.get("fact"), str) and fact not in Facts._fields:
                yield Fault(place, f"it looks at “{fact[:40]}”, which is none of: {', '.join(Facts._fields)}.")


def _keys(table: dict[str, Any], known: dict[str, type], place: str) -> Iterator[Fault]:
    for key in table:
        if key not in known:
            yield Fault(place, f"there is no “{key[:40]}” here; there are {', '.join(known)}.")
    for key, kind in known.items():
        if key not in table:
            if key in _NEEDED:
                yield Fault(place, f"{key} is missing.")
        elif type(table[key]) is not kind:
            yield Fault(place, f"{key} is {_WORDS[kind]}.")
