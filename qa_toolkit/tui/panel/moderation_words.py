"""What the moderation screen says in words: the child and the clock, a row, contradictions, what grades hang on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from qa_toolkit.domain.comparing import GradeRow, QuestionRow, secret, turning_points
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.moderation import Whose
from qa_toolkit.domain.people import Person
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.tui.panel.moderation_table import Row
from qa_toolkit.workflow.hearings import Hearing

NOT_CONVENED = "No panel sits yet: s convenes it."


def child_words(heard: Hearing, now: datetime) -> str:
    """Which child of how many, the clock, whether the panel may decide."""
    place = heard.order.index(heard.subject) + 1 if heard.subject in heard.order else 0
    words = [f"{heard.subject}, child {place} of {len(heard.order)}"]
    if heard.panel is not None:
        words.append(f"{clock_words(heard, now)} (t)" if heard.turn else "not begun (t)")
    words.append(heard.quorum.sentence if heard.quorum else NOT_CONVENED)
    return " · ".join(words)


def clock_words(heard: Hearing, now: datetime) -> str:
    """The minutes of the child's turn: so far and left, over, or taken."""
    assert heard.turn is not None
    assert heard.panel is not None
    minutes = heard.turn.minutes(now)
    left = heard.panel.minutes_each - minutes
    if heard.turn.ended_at is not None:
        return f"heard in {minutes} minutes"
    return f"{minutes} minutes, {left} left" if left >= 0 else f"{minutes} minutes, {-left} over"


def work_words(heard: Hearing, people: Mapping[str, Person]) -> str:
    """What is done for the child and what is not yet."""
    words = []
    if (count := len(heard.comparison.contradictions)) > 0:
        words.append(f"{count} contradictions (c)" if count > 1 else "1 contradiction (c)")
    if heard.questions:
        words.append(f"questions {len(heard.answers)} of {len(heard.questions)} (q)")
    words.append(f"views {len(heard.voices)} of {len(Whose)} (v)")
    away = [interest.who for interest in heard.interests if interest.abstains]
    aside = [people[who].name if who in people else who for who in away]
    words += [f"stands aside: {', '.join(aside)}"] if aside else []
    words += [f"Not filed: {', '.join(heard.waiting)}."] if heard.waiting else []
    words += [f"Sealed until both raters have submitted: {', '.join(heard.sealed)}."] if heard.sealed else []
    if heard.scored_again:
        words.append(f"Scored by two: {', '.join(heard.scored_again)}; a says how far they agree.")
    return " · ".join(words)


def row_lines(heard: Hearing, row: Row) -> Iterator[str]:
    """The row in a few lines: who said what."""
    if isinstance(row, GradeRow):
        yield row.title
        yield from (f"  {agency}: {grade.label}" for agency, grade in row.own.items())
        others = {agency: grade for agency, grade in row.indicative.items() if agency not in row.own}
        yield from (f"  {agency}: {grade.label} (indicative)" for agency, grade in others.items())
        yield from _agreed(heard, row)
        return
    yield f"{row.question.id}  {row.question.text}"
    for agency, words in row.words.items():
        answer = row.answers[agency]
        more = [] if secret(row.question, answer) else [text for text in (answer.comment, answer.evidence) if text]
        yield f"  {agency}: {' · '.join([words, *more])}"


def _agreed(heard: Hearing, row: GradeRow) -> Iterator[str]:
    agreed = heard.agreed.get(row.of)
    if agreed is not None:
        yield f"  Agreed: {agreed.grade.label}. {agreed.reasons} ({agreed.confidence.label.lower()})"
        if agreed.dissent:
            yield f"  Seen otherwise: {agreed.dissent}"


def evidence_lines(heard: Hearing, row: Row) -> Iterator[str]:
    """All that stands behind a row, agency by agency."""
    if isinstance(row, QuestionRow):
        yield f"{row.question.id}  {row.question.text}"
        for agency, words in row.words.items():
            answer = row.answers[agency]
            yield ""
            yield f"{agency}: {words}"
            if secret(row.question, answer):
                continue
            yield from (f"    {line}" for line in answer.comment.splitlines())
            if answer.evidence:
                yield f"    Seen in: {answer.evidence}"
            if answer.cause:
                yield f"    What lay behind it: {answer.cause.label}"
        return
    yield row.title
    facts = heard.file.subjects[heard.subject].facts
    for agency in heard.comparison.agencies:
        ret = heard.returns[agency]
        computed = indicative(heard.template, ret, facts)
        because = computed.because if row.of == OVERALL else next(
            (one.because for one in computed.sections if one.section == row.of), "")  # fmt: skip
        own = ret.grades.get(row.of)
        if not because and own is None:
            continue
        yield ""
        yield f"{agency}: {own.grade.label if own else 'no grade of its own'}"
        for words in (own.reasons, own.departure) if own else ():
            yield from (f"    {line}" for line in words.splitlines())
        yield f"    Indicative: {because}"
    if agreed := list(_agreed(heard, row)):
        yield ""
        yield from agreed


def contradiction_lines(heard: Hearing) -> Iterator[str]:
    """Every contradiction, a line for the question and one for what was said."""
    for row in heard.comparison.contradictions:
        yield f"{row.question.id}  {row.question.text}"
        yield f"    {row.contradiction}"
    if not heard.comparison.contradictions:
        yield "No two agencies contradict each other on the same question."


def turning_lines(heard: Hearing) -> Iterator[str]:
    """What each indicative grade hangs on."""
    found = turning_points(heard.template, heard.returns, heard.file.subjects[heard.subject].facts)
    yield "Single answers that would, had they been others, have given another indicative grade. Advice, and no more."
    for point in found:
        yield ""
        yield point.sentence
        yield f"    {point.question.text}"
    if not found:
        yield ""
        yield "There is none: each indicative grade rests on more than one answer."
