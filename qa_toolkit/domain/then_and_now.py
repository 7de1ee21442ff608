"""An audit and its re-audit side by side: question by question by id, section by section, grade by grade.

What is compared is a child, not a return: where several agencies answered about one child, the child counts once, with
the middle of their answers (between two middle ones, the lower). Only agencies that answered in both audits count. Two
audits look at two samples of children, unless every child of the re-audit is known to be one of the earlier audit’s;
then each child is set beside itself. For organisations each agency is set beside itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from qa_toolkit.domain.grading import lower_median, scores
from qa_toolkit.domain.returns import OVERALL, Return
from qa_toolkit.domain.small_samples import LEVEL, Verdict, Way, same_cases, two_samples
from qa_toolkit.domain.template.differing import same_answers
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade

GRADES = {grade.points: grade.label for grade in Grade if grade.points}
"""What counts for how much, in the words of grades."""
Values = Mapping[str, Mapping[str, int]]
"""Subject to agency to what its answer counts for."""


class Side(NamedTuple):
    """One of the two audits: what was filed, and what its panel agreed."""

    audit: str
    template: Template
    returns: Mapping[str, Mapping[str, Return]]
    """Subject to agency to the return that was filed; nil returns left out."""
    agreed: Mapping[str, Mapping[str, Grade]]
    """Subject to `overall` or section id to the agreed grade."""


class Row(NamedTuple):
    """One question, section or grade, then and now."""

    id: str
    title: str
    wording: str
    """How its words differ from the earlier ones, in a sentence; empty where they are the same."""
    then: Counter[int]
    now: Counter[int]
    steps: Mapping[int, str]
    """What counts for how much, in words, the best first."""
    tested: Verdict
    left_out: tuple[str, ...] = ()
    """Agencies that answered in one of the two only."""
    agreed: bool = False
    """Whether it is what a panel agreed for a section."""

    @property
    def way(self) -> Way:
        """What can be said of it."""
        return self.tested.way

    def counts(self, found: Counter[int]) -> str:
        """One side in words: “Yes 3, No 5”."""
        said = [f"{label} {found[points]}" for points, label in self.steps.items() if found[points]]
        return ", ".join(said) or "none"


class ThenAndNow(NamedTuple):
    """The whole comparison."""

    earlier: str
    later: str
    unit: str
    """What is counted: children, agencies or teams."""
    paired: bool
    linked: int
    """Children of the re-audit that are known to be the earlier audit’s."""
    compared: tuple[int, int]
    """Subjects with a filed return, then and now."""
    grades: tuple[Row, ...]
    sections: tuple[Row, ...]
    questions: tuple[Row, ...]
    apart: tuple[tuple[str, str], ...]
    """(question id, why it cannot be compared)."""

    @property
    def what_a_pair_is(self) -> str:
        """What is set beside what, in one sentence."""
        then, now = self.compared
        if self.paired:
            return f"Each of {now} {self.unit} is set beside itself (exact sign test)."
        verb = "is" if self.linked == 1 else "are"
        some = f"; {self.linked} {verb} known to be the same, too few to set each beside itself" if self.linked else ""
        return f"The same questions about two samples: {then} {self.unit} then, {now} now{some} (exact rank-sum test)."

    @property
    def by_chance(self) -> str:
        """How many questions would look changed by chance alone."""
        tried = sum(row.tested.testable for row in self.questions)
        told = sum(row.way is not Way.CANNOT_TELL for row in self.questions)
        if not tried:
            return f"With so few {self.unit}, or answers so alike, no single question can be told from chance."
        asked, differ = "question" if tried == 1 else "questions", "differs" if told == 1 else "differ"
        expected = round(LEVEL * tried)
        would = f"about {expected}" if expected else "fewer than one"
        return (
            f"Of {tried} {asked} with enough {self.unit} to tell, {told or 'none'} {differ} by more than chance; "
            f"{would} would by chance alone."
        )


def then_and_now(then: Side, now: Side, same: Mapping[str, str]) -> ThenAndNow:
    """The re-audit beside the audit before it; `same` names, for subjects now, which they are of then."""
    counted = [subject for subject, returns in now.returns.items() if returns]
    linked = [s for s in counted if then.returns.get(same.get(s, ""))]
    paired = bool(counted) and len(linked) == len(counted)
    pairs = same if paired else {}
    apart, questions, by_section = [], [], dict[str, list[tuple[Values, Values]]]()
    for id, question in now.template.questions.items():
        old = then.template.questions.get(id) or then.template.questions.get(question.comparable_to)
        if question.asked_of == "panel" or question.purpose is not Purpose.SCORED:
            continue
        why_not = _why_not(then.template, old, now.template, question)
        if old is None or why_not:
            apart.append((id, why_not))
            continue
        before, after, left_out = _both(_values(then, old), _values(now, question))
        by_section.setdefault(now.template.section_of[id].id, []).append((before, after))
        steps = _steps(now.template, question)
        row = _row(id, question.text, _wording(then, old, now, question), _middle(before), _middle(after), steps, pairs)
        questions.append(row._replace(left_out=left_out))
    gone = [id for id, q in then.template.questions.items() if _gone(q, now.template)]
    apart += [(id, "is asked no more") for id in gone]
    sections = [
        _section(section.id, section.title, by_section[section.id], pairs)
        for section in now.template.sections if section.id in by_section
    ]  # fmt: skip
    unit = {"child": "children", "team": "teams"}.get(now.template.subject, "agencies")
    return ThenAndNow(
        then.audit, now.audit, unit, paired, len(linked), (sum(map(bool, then.returns.values())), len(counted)),
        tuple(_grades(then, now, pairs)), tuple(sections), tuple(questions), tuple(apart),
    )  # fmt: skip


def _why_not(before: Template, old: Question | None, after: Template, question: Question) -> str:
    if old is None:
        return "is new"
    if not _has_steps(after, question):
        return "has no steps to compare (a date, a number, free text)"
    if question.sensitive or old.sensitive:
        return "is sensitive, so its answers are not put together"
    return "" if same_answers(before, old, after, question) else "has other answers now"


def _has_steps(template: Template, question: Question) -> bool:
    return any(
        part.type in (PartType.CHOICE, PartType.MATRIX)
        and any(option.score is not None for option in template.options_of(part))
        for part in question.parts
    )


def _gone(old: Question, after: Template) -> bool:
    asked = old.asked_of != "panel" and old.purpose is Purpose.SCORED
    followed = any(question.comparable_to == old.id for question in after.questions.values())
    return asked and old.id not in after.questions and not followed


def _wording(then: Side, old: Question, now: Side, question: Question) -> str:
    changes = [(old.text, question.text)]
    kinds = (kind for kind in now.template.agencies if kind in then.template.agencies)
    changes += [(old.text_for(kind), question.text_for(kind)) for kind in kinds]
    found = dict.fromkeys(f"“{before}” is now “{after}”" for before, after in changes if before != after)
    numbered = [f"it was {old.id}"] if old.id != question.id else []
    return "; ".join([*numbered, *found])


def _values(side: Side, question: Question) -> Values:
    found: dict[str, dict[str, int]] = {}
    for subject, returns in side.returns.items():
        for agency, ret in returns.items():
            answer = ret.answers.get(question.id)
            if answer is None or answer.missing is not None or answer.sensitive or answer.unconfirmed:
                continue
            points = scores(side.template, question, answer)
            if points:
                found.setdefault(subject, {})[agency] = lower_median([(one, 1) for one in points])
    return found


def _both(then: Values, now: Values) -> tuple[Values, Values, tuple[str, ...]]:
    """The values of agencies that answered in both, and which did in one only."""
    before, after = ({agency for values in side.values() for agency in values} for side in (then, now))
    kept = before & after
    sides = [
        {s: held for s, values in side.items() if (held := {a: v for a, v in values.items() if a in kept})}
        for side in (then, now)
    ]
    return sides[0], sides[1], tuple(sorted(before ^ after))


def _middle(values: Values) -> dict[str, int]:
    return {subject: lower_median([(one, 1) for one in given.values()]) for subject, given in values.items()}


def _steps(template: Template, question: Question) -> dict[int, str]:
    scored = [part for part in question.parts if part.type in (PartType.CHOICE, PartType.MATRIX)]
    labels: dict[int, list[str]] = {}
    for option in template.options_of(scored[0]):
        if option.score is not None:
            labels.setdefault(option.score, []).append(option.label)
    return {points: " or ".join(labels[points]) for points in sorted(labels, reverse=True)}


def _row(
    id: str, title: str, wording: str, then: Mapping[str, int], now: Mapping[str, int], steps: Mapping[int, str],
    pairs: Mapping[str, str],
) -> Row:  # fmt: skip
    if pairs:
        now = {subject: value for subject, value in now.items() if pairs.get(subject) in then}
        then = {subject: then[pairs[subject]] for subject in now}
        tested = same_cases((then[subject], value) for subject, value in now.items())
    else:
        tested = two_samples(list(then.values()), list(now.values()))
    shown = {points: steps.get(points, str(points)) for points in sorted({*steps, *then.values(), *now.values()})[::-1]}
    return Row(id, title, wording, Counter(then.values()), Counter(now.values()), shown, tested)


def _section(id: str, title: str, questions: list[tuple[Values, Values]], pairs: Mapping[str, str]) -> Row:
    then, now = (_over(values[side] for values in questions) for side in (0, 1))
    count = "one question" if len(questions) == 1 else f"{len(questions)} questions"
    return _row(id, f"{title}, the middle of {count} that both asked, as a grade", "", then, now, GRADES, pairs)


def _over(questions: Iterable[Values]) -> dict[str, int]:
    """Each subject’s middle over questions, each of which counts once however many agencies answered it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for values in questions:
        for subject, middle in _middle(values).items():
            found.setdefault(subject, []).append((middle, 1))
    return {subject: lower_median(points) for subject, points in found.items()}


def _grades(then: Side, now: Side, pairs: Mapping[str, str]) -> list[Row]:
    own_then, own_now, left_out = _both(_own(then), _own(now))
    agreed = (_agreed(then, OVERALL), _agreed(now, OVERALL))
    as_graded = _row("own", "The whole, as auditors graded", "", _middle(own_then), _middle(own_now), GRADES, pairs)
    found = [
        _row("agreed", "The whole, as the panel agreed", "", *agreed, GRADES, pairs),
        as_graded._replace(left_out=left_out),
    ]
    found = [row for row in found if row.then or row.now]
    for section in now.template.sections:
        before, after = _agreed(then, section.id), _agreed(now, section.id)
        if before and after:
            title = f"{section.id} {section.title}, as the panel agreed"
            found.append(_row(section.id, title, "", before, after, GRADES, pairs)._replace(agreed=True))
    return found


def _own(side: Side) -> Values:
    found: dict[str, dict[str, int]] = {}
    for subject, returns in side.returns.items():
        for agency, ret in returns.items():
            given = ret.grades.get(OVERALL)
            if given is not None and given.grade.points:
                found.setdefault(subject, {})[agency] = given.grade.points
    return found


def _agreed(side: Side, of: str) -> dict[str, int]:
    return {s: grades[of].points for s, grades in side.agreed.items() if of in grades and grades[of].points}
