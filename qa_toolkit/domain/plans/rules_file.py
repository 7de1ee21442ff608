"""A partnership’s own rule set, or ladder up the tiers, from a file: TOML, read strictly, every fault named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.errors import Fault, InputError, TemplateError
from qa_toolkit.domain.plans.colour import Colour, Condition, Facts, Rule, RuleSet, check_rules
from qa_toolkit.domain.plans.escalation import ActionLadder, Trigger
from qa_toolkit.domain.text import clean

_TOP: Final[dict[str, type]] = {"name": str, "version": str, "cycle_days": int, "rules": list}
_RULE: Final[dict[str, type]] = {"colour": str, "words": str, "when": list, "shows": str}
_WHEN: Final[dict[str, type]] = {"fact": str, "is": bool, "least": int, "below": int}
_LADDER: Final[dict[str, type]] = {"name": str, "triggers": list}
_TRIGGER: Final[dict[str, type]] = {"rung": str, "overdue": int, "extensions": int, "refused": bool, "needs": str}
_NEEDED: Final = {"name", "version", "rules", "colour", "words", "fact", "triggers", "rung", "overdue", "needs"}
_WORDS: Final[dict[type, str]] = {
    str: "a text in quotes", int: "a whole number", list: "a list", bool: "true or false",
}  # fmt: skip
_MOST: Final = 60
_DAYS: Final = 1000


def read_rules(raw: bytes, name: str) -> RuleSet:
    """The rule set in a file's bytes, checked to give every action a colour.

    Raises:
        TemplateError: With everything that is wrong, each with its place.
    """
    found = _toml(raw, name)
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


def is_ladder(raw: bytes, name: str) -> bool:
    """Whether a file is a ladder rather than a rule set."""
    return "triggers" in _toml(raw, name)


def read_ladder(raw: bytes, name: str) -> ActionLadder:
    """The ladder in a file's bytes: its triggers from the lowest rung to the highest.

    Raises:
        TemplateError: With everything that is wrong, each with its place.
    """
    found = _toml(raw, name)
    if faults := list(_ladder_faults(found, name)):
        raise TemplateError(f"{name} cannot be read as a ladder:", faults)
    triggers = tuple(
        Trigger(
            rung=Rung(one["rung"]), overdue=one["overdue"], extensions=one.get("extensions", 0),
            refused=one.get("refused", False), needs=clean(one["needs"]).strip().rstrip("."),
        )
        for one in found["triggers"]
    )  # fmt: skip
    return ActionLadder(id=clean(found["name"]).strip(), since=date.min, triggers=triggers)


def _ladder_faults(found: dict[str, Any], name: str) -> Iterator[Fault]:
    yield from _keys(found, _LADDER, name)
    yield from _name_faults(found, name)
    before = (-1, 0)
    for number, one in enumerate(found["triggers"] if isinstance(found.get("triggers"), list) else [], start=1):
        place = f"{name}, trigger {number}"
        if not isinstance(one, dict):
            yield Fault(place, "a trigger is written as [[triggers]] with a rung and the days overdue.")
            continue
        wrong = list(_keys(one, _TRIGGER, place))
        yield from wrong
        if isinstance(rung := one.get("rung"), str) and rung not in list(Rung):
            yield Fault(place, f"“{rung[:40]}” is no rung: there are {', '.join(Rung)}.")
        elif not wrong:
            here = (list(Rung).index(Rung(one["rung"])), one["overdue"])
            if here[0] <= before[0] or here[1] <= before[1] or here[1] > _DAYS or one.get("extensions", 0) < 0:
                yield Fault(place, f"each rung is higher than the one before and reached later: 1 to {_DAYS} days.")
            before = here
    if found.get("triggers") == []:
        yield Fault(name, "it has no trigger.")


def _toml(raw: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError(f"{name} is no TOML file that can be read ({error}).") from None


def _name_faults(found: dict[str, Any], name: str) -> Iterator[Fault]:
    title = found.get("name")
    if isinstance(title, str) and (not title.strip() or len(title) > 60 or "/" in title):
        yield Fault(name, "name is up to 60 characters, without a slash.")


def _faults(found: dict[str, Any], name: str) -> Iterator[Fault]:
    yield from _keys(found, _TOP, name)
    yield from _name_faults(found, name)
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
