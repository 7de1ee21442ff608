"""The rule sets that ship: one default, and two others that are in use in published trackers.

`HSCP-default`: blue only for what was closed with evidence; dates by the working calendar.
`percent-thresholds`: a council's corporate tracker, whose colour follows the percentage complete, up to 25 red, 26 to
75 amber, above 75 green, and under half done and past its date red.
`RAG`: three colours without blue, as in many improvement plans: what is done is green.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from qa_toolkit.domain.plans.colour import Colour, Condition, Rule, RuleSet


def _is(fact: str, value: bool = True) -> Condition:
    return Condition(fact=fact, is_=value)


def _count(fact: str, least: int | None = None, below: int | None = None) -> Condition:
    return Condition(fact=fact, least=least, below=below)


_NOT_SUBMITTED = _is("submitted", False)
_ENDED = Rule(colour=Colour.GREY, words="superseded or rejected", when=(_is("ended"),))
_PROPOSED = Rule(colour=Colour.GREY, words="proposed, and not agreed yet", when=(_is("proposed"),))
_HELD = Rule(colour=Colour.GREY, words="on hold, with a day of review to come", when=(_is("on_hold"),))

DEFAULT: Final = RuleSet(
    id="HSCP-default",
    version="1",
    since=date(2016, 1, 1),
    cycle_days=30,
    rules=(
        Rule(colour=Colour.BLUE, words="closed, its evidence accepted", when=(_is("closed"),)),
        _ENDED,
        _PROPOSED,
        _HELD,
        Rule(
            colour=Colour.RED, words="past its due date and not submitted for closure", shows="days_overdue",
            when=(_count("days_overdue", least=1), _NOT_SUBMITTED),
        ),
        Rule(
            colour=Colour.RED, words="due within 20 working days and not begun", shows="days_to_due",
            when=(_count("days_to_due", below=20), _is("begun", False), _count("days_to_start", below=1)),
        ),
        Rule(
            colour=Colour.RED, words="without an owner for more than 10 working days", shows="days_without_owner",
            when=(_count("days_without_owner", least=11),),
        ),
        Rule(
            colour=Colour.RED, words="its date was put off three times or more", shows="extensions",
            when=(_count("extensions", least=3), _NOT_SUBMITTED),
        ),
        Rule(
            colour=Colour.RED, words="without an update for more than two review cycles", shows="days_since_update",
            when=(_count("days_since_update", least=61), _NOT_SUBMITTED, _count("days_to_start", below=1)),
        ),
        Rule(
            colour=Colour.AMBER, words="due within 20 working days and less than 75% done", shows="progress",
            when=(_count("days_to_due", below=20), _count("progress", below=75), _NOT_SUBMITTED),
        ),
        Rule(
            colour=Colour.AMBER, words="its date was put off once or twice", shows="extensions",
            when=(_count("extensions", least=1), _NOT_SUBMITTED),
        ),
        Rule(
            colour=Colour.AMBER, words="a milestone was missed", shows="milestones_missed",
            when=(_count("milestones_missed", least=1), _NOT_SUBMITTED),
        ),
        Rule(
            colour=Colour.AMBER, words="without an update for more than one review cycle", shows="days_since_update",
            when=(_count("days_since_update", least=31), _NOT_SUBMITTED, _count("days_to_start", below=1)),
        ),
        Rule(colour=Colour.AMBER, words="its owner says that it is at risk", when=(_is("at_risk"), _NOT_SUBMITTED)),
        Rule(
            colour=Colour.GREY, words="not due to start yet", when=(_count("days_to_start", least=1),),
        ),
        Rule(colour=Colour.GREEN, words="in time, with an update in this review cycle"),
    ),
)  # fmt: skip

PERCENT: Final = RuleSet(
    id="percent-thresholds",
    version="1",
    since=date(2016, 1, 1),
    rules=(
        _ENDED,
        _PROPOSED,
        Rule(
            colour=Colour.RED, words="past its date and less than half done", shows="progress",
            when=(_count("days_overdue", least=1), _count("progress", below=50), _is("closed", False)),
        ),
        Rule(colour=Colour.GREEN, words="closed", when=(_is("closed"),)),
        Rule(colour=Colour.RED, words="up to 25% done", shows="progress", when=(_count("progress", below=26),)),
        Rule(colour=Colour.AMBER, words="26 to 75% done", shows="progress", when=(_count("progress", below=76),)),
        Rule(colour=Colour.GREEN, words="more than 75% done", shows="progress"),
    ),
)  # fmt: skip

RAG: Final = RuleSet(
    id="RAG",
    version="1",
    since=date(2016, 1, 1),
    rules=(
        _ENDED,
        _PROPOSED,
        _HELD,
        Rule(colour=Colour.GREEN, words="done", when=(_is("submitted"),)),
        Rule(
            colour=Colour.RED, words="past its date and not done", shows="days_overdue",
            when=(_count("days_overdue", least=1),),
        ),
        Rule(
            colour=Colour.AMBER, words="due within 20 working days", shows="days_to_due",
            when=(_count("days_to_due", below=20),),
        ),
        Rule(colour=Colour.AMBER, words="its owner says that it is at risk", when=(_is("at_risk"),)),
        Rule(colour=Colour.GREEN, words="on track"),
    ),
)  # fmt: skip

SHIPPED: Final = {rules.id: rules for rules in (DEFAULT, PERCENT, RAG)}
