"""Changes that somebody made to one answer and that are not recorded yet, laid over whatever is recorded now.

A change is kept as what was touched, never as the whole answer: when somebody else changed the same answer meanwhile,
only what this person typed is put over theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.template.questions import Missing


@dataclass(frozen=True)
class Edit:
    """What was touched in one answer. An empty edit changes nothing."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """Part id to its new value; None takes the value out."""
    rest: Mapping[str, Any] = field(default_factory=dict)
    """Any other field of an answer, by its name."""
    emptied: bool = False
    """Back to "not answered" before anything else is laid over it."""

    def and_then(self, other: Edit) -> Edit:
        """Both changes, the later one winning where they touch the same thing."""
        if other.emptied:
            kept = {name: value for name, value in self.rest.items() if name in ("comment", "evidence", "sensitive")}
            return replace(other, rest={**kept, **other.rest})
        return Edit({**self.values, **other.values}, {**self.rest, **other.rest}, self.emptied)

    def over(self, answer: Answer) -> Answer:
        """The answer with the change laid over it."""
        update: dict[str, Any] = {}
        values = dict(answer.values)
        if self.emptied:
            values = {}
            update |= {"missing": None, "reason": "", "unknown": (), "cause": None}
        for part, value in self.values.items():
            values.pop(part, None)
            if value is not None:
                values[part] = value
        if any(value is not None for value in self.values.values()):
            unknown = tuple(part for part in answer.unknown if self.values.get(part) is None)
            update |= {"missing": None, "reason": "", "unknown": unknown}
        update |= {"values": values, "unconfirmed": False, **self.rest}
        return answer.model_copy(update=update)


def given(part: str, value: Any) -> Edit:
    """One part answered; None takes its value out."""
    return Edit(values={part: value})


def typed(name: str, text: str) -> Edit:
    """The comment, the evidence or another text of the answer."""
    return Edit(rest={name: text})


def left_out(missing: Missing, reason: str = "") -> Edit:
    """No value, and why."""
    return Edit(emptied=True, rest={"missing": missing, "reason": reason})


def cleared() -> Edit:
    """Back to "not answered"; the comment and the evidence stay."""
    return Edit(emptied=True)
