"""An invented auditor: answers that hang together, from how well a child was helped and how good an agency is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade, Option
from qa_toolkit.example.phrases import (
    AGENCY_EVIDENCE,
    AGENCY_RISKS,
    AGENCY_TEXT,
    COMMENTS,
    COUNTS,
    EVIDENCE,
    HELPED,
    STRENGTHS,
    about,
)


class Scorer:
    """Answers one return. `quality` runs from 1 (inadequate) to 4 (outstanding)."""

    def __init__(
        self,
        template: Template,
        rng: Random,
        quality: float,
        header: Mapping[str, Any],
        today: date,
        first: Mapping[str, Answer] | None = None,
    ) -> None:
        """`first` are another rater's answers from the same file, with whom more than half of the answers agree."""
        self.template, self.rng, self.quality, self.header, self.today = template, rng, quality, header, today
        self._first = first or {}
        self._said: set[str] = set()

    def answer(self, question: Question) -> Answer:
        """One answer, with comment, evidence and cause as a careful auditor would leave them."""
        if question.purpose is Purpose.SAFETY:
            return Answer(id=question.id, values={question.main.id: "yes"}, comment="Last seen this week, and well.")
        quality = self.quality + self.rng.gauss(0, 0.55)
        if question.purpose is Purpose.SCORED and self.rng.random() < 0.07:
            return self._missing(question)
        values = self._values(question, quality)
        theirs = self._first.get(question.id)
        if theirs is not None and theirs.values and self.rng.random() < 0.55:
            values = dict(theirs.values)
        level = "strong" if quality >= 2.8 else "partly" if quality >= 1.8 else "weak"
        weak = self._is_weak(question, values)
        evidence = question.evidence.rule == "required" or (question.evidence.rule == "when_weak" and weak)
        return Answer(
            id=question.id,
            values=values,
            comment=self._comment(question, level) if weak or self.rng.random() < 0.55 else "",
            evidence=self.rng.choice(self._shown_by(question)) if evidence or self._offers(question) else "",
            cause=self.rng.choice(list(Cause)) if weak and self.rng.random() < 0.6 else None,
        )

    def _offers(self, question: Question) -> bool:
        """Whether evidence is given although it is not asked for."""
        return self.rng.random() < 0.3 and question.evidence.rule != "none"

    def _shown_by(self, question: Question) -> tuple[str, ...]:
        return AGENCY_EVIDENCE if about(question.id) == "agency" else EVIDENCE

    def _missing(self, question: Question) -> Answer:
        kind = self.rng.choice(list(question.missing) or [None])
        if kind is None:
            values = self._values(question, self.quality)
            return Answer(id=question.id, values=values, evidence=self._shown_by(question)[0])
        about_agency = about(question.id) == "agency"
        why = "It is not among this agency’s duties." if about_agency else "Did not arise in the period looked at."
        reason = why if kind is Missing.NOT_APPLICABLE else ""
        return Answer(id=question.id, missing=kind, reason=reason)

    def _comment(self, question: Question, level: str) -> str:
        said = COMMENTS[about(question.id)][level]
        fresh = [text for text in said if text not in self._said] or list(said)
        chosen = self.rng.choice(fresh)
        self._said.add(chosen)
        return chosen

    def _is_weak(self, question: Question, values: Mapping[str, Any]) -> bool:
        for part in question.parts:
            options = {option.value: option for option in self.template.options_of(part)}
            chosen = values.get(part.id)
            if isinstance(chosen, str) and chosen in options and options[chosen].weak:
                return True
        return False

    def _values(self, question: Question, quality: float) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for part in question.parts:
            condition = part.show_if
            own = condition is not None and condition.question == question.id and bool(condition.is_)
            if condition is not None and own and values.get(condition.part) not in condition.is_:
                continue
            value = self._value(question, part, quality, values)
            if value is not None:
                values[part.id] = value
        return values

    def _value(self, question: Question, part: Part, quality: float, so_far: Mapping[str, Any]) -> Any:
        match part.type:
            case PartType.CHOICE:
                return self._choice(self.template.options_of(part), quality)
            case PartType.CHOICES:
                options = self.template.options_of(part)
                count = self.rng.randint(1, min(3, len(options)))
                chosen = set(self.rng.sample([option.value for option in options], count))
                return [option.value for option in options if option.value in chosen]
            case PartType.INTEGER | PartType.PERCENTAGE:
                return self._number(part, quality, so_far)
            case PartType.DATE:
                return (self.today - timedelta(days=self.rng.randint(20, 200))).isoformat()
            case PartType.TIMED:
                begun = self.today - timedelta(days=self.rng.randint(30, 150))
                took = self._days_taken(so_far.get(question.main.id), quality)
                return {"from": begun.isoformat(), "to": (begun + timedelta(days=took)).isoformat()}
            case PartType.SHORT_TEXT | PartType.LONG_TEXT:
                return self._text(question, part)
            case PartType.EVIDENCE_LIST:
                return self.rng.sample(self._shown_by(question), 2)
            case PartType.MATRIX:
                options = self.template.options_of(part)
                return {row.id: self._choice(options, quality + self.rng.gauss(0, 0.5)) for row in part.rows}
            case PartType.REPEAT:
                if about(question.id) == "agency":
                    return self._risks(part)
                count = min(int(self.header.get("missing_episodes", 2) or 1), 4)
                return [self._row(question, part, quality) for _ in range(max(count, 1))]

    def _days_taken(self, said: Any, quality: float) -> int:
        """Days that fit what was chosen beside them: in time for yes, later for less."""
        days = {"yes": (1, 2), "partly": (4, 6), "no": (6, 12)}
        if said in days:
            return self.rng.randint(*days[said])
        return self.rng.randint(0, 2) if quality > 2.3 else self.rng.randint(2, 12)

    def _risks(self, part: Part) -> list[dict[str, Any]]:
        risk, deed = self.rng.choice(AGENCY_RISKS)
        texts = iter((risk, deed))
        return [{column.id: next(texts) for column in part.columns if column.type is PartType.SHORT_TEXT}]

    def _row(self, question: Question, part: Part, quality: float) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for column in part.columns:
            value = self._value(question, column, quality + self.rng.gauss(0, 0.4), row)
            if value is not None:
                row[column.id] = value
        return row

    def _choice(self, options: tuple[Option, ...], quality: float) -> str:
        scored = [option for option in options if option.score is not None]
        if not scored:
            return self.rng.choice(options).value
        best = max(option.score or 0 for option in scored)
        # A scale that ends at three reaches its top where a four-point one says good.
        wanted = min(max(round(quality), 1), best)
        return min(scored, key=lambda option: abs((option.score or 0) - wanted)).value

    def _number(self, part: Part, quality: float, so_far: Mapping[str, Any]) -> int:
        if part.type is PartType.PERCENTAGE:
            return min(max(round(quality * 24), 20), 98)
        if part.unit == "episodes" and not so_far:
            return int(self.header.get("missing_episodes", 3) or 0)
        earlier = [value for value in so_far.values() if isinstance(value, int) and not isinstance(value, bool)]
        low, high = part.min or 0, part.max if part.max is not None else 12
        if earlier:
            # Offered of episodes, held of offered, attended of invited: never more than the number before it.
            top = earlier[-1]
            missed = 0 if quality > 2.4 else self.rng.randint(0, max(top // 3, 1))
            return min(max(top - missed, low), high)
        return min(max(self.rng.randint(2, 9), low), high)

    def _text(self, question: Question, part: Part) -> str:
        if about(question.id) == "agency":
            left = [text for text in AGENCY_TEXT if text not in self._said] or list(AGENCY_TEXT)
            self._said.add(left[0])
            return left[0]
        if question.main.unit == "episodes" and part is not question.main:
            return self.rng.choice(COUNTS)
        if "strong" in question.text.lower() or "well" in question.text.lower():
            return self.rng.choice(STRENGTHS)
        return self.rng.choice(HELPED)


def own_grade(advice: Grade, rng: Random) -> Grade:
    """The auditor's own grade: mostly where the answers point, sometimes a step beside it."""
    points = advice.points or 2
    if rng.random() < 0.2:
        points += rng.choice((-1, 1))
    return Grade.from_points(min(max(points, 1), 4))
