"""The panel’s paper for one child: strengths first, then where agencies differ, what hangs on it, and what to settle.

It is of the class “panel”: what is sensitive stays with its agency and the chair, unless it is the chair's own copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.comparing import (
    HIDDEN,
    GradeRow,
    QuestionRow,
    secret,
    short_words,
    strengths,
    turning_points,
)
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.moderation import Voice, Whose
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.saying import show_fact
from qa_toolkit.domain.template.questions import PartType, Question
from qa_toolkit.domain.text import full_stop
from qa_toolkit.reports.layout.document import Bullets, Heading, Note, Paragraph, Part, Table
from qa_toolkit.workflow.hearings import Hearing

HOW_TO_READ = (
    "Grades in brackets are indicative: computed from the answers, advice only. The panel agrees its own grade, which "
    "stands beside the agencies’ and changes none of them. An answer of “not known” is never a low grade."
)
WIDE = 0.5
"""From which part of the scale on a difference is shown with every comment and piece of evidence."""
NO_RETURNS = "No return is filed for this child yet, so there is nothing to set side by side."


def panel_paper(heard: Hearing) -> tuple[Part, ...]:
    """What the panel needs to know about one child before it meets."""
    return tuple(_parts(heard))


def _parts(heard: Hearing) -> Iterator[Part]:
    yield Note(HOW_TO_READ)
    yield from _child(heard)
    yield from _returns(heard)
    if not heard.comparison.agencies:
        yield Paragraph(NO_RETURNS)
    else:
        yield from _glance(heard)
        yield from _strengths(heard)
        yield from _grades(heard)
        yield from _contradictions(heard)
        yield from _differences(heard)
        yield from _own_words(heard)
        yield from _turning(heard)
    yield from _concerns(heard)
    yield Heading("Whose view is heard")
    yield voices(heard)
    yield from _questions(heard)


def _glance(heard: Hearing) -> Iterator[Part]:
    well, found = strengths(heard.template, heard.returns), heard.comparison
    differing = sum(1 for row in found.questions if row.gap)
    yield Heading("At a glance")
    yield Bullets(
        (
            f"{_many(len(well), 'question')} answered well by all who scored it.",
            f"The whole: {_given(found.grades[0])}.",
            f"{_many(differing, 'question')} of {len(found.questions)} on which agencies that answered differ.",
            f"{_many(len(found.contradictions), 'contradiction')} to settle.",
        )
    )


def _child(heard: Hearing) -> Iterator[Part]:
    facts = heard.file.subjects[heard.subject].facts
    fields = [field for field in heard.template.header if field.about == "subject" and facts.get(field.id) is not None]
    yield Heading("The child")
    if fields:
        rows = tuple((field.label, show_fact(field, facts[field.id])) for field in fields)
        yield Table(("Fact", "Entered with the case"), rows, (2, 3))
    else:
        yield Paragraph("No facts were entered with the case.")


def _returns(heard: Hearing) -> Iterator[Part]:
    nil = [agency for agency, ret in heard.returns.items() if ret.submission and ret.submission.nil]
    told = [agency for agency in heard.returns if agency not in nil]
    lines = [f"Filed, and set side by side here: {', '.join(told) or 'none'}."]
    lines += [f"Hold nothing on this child (nil return): {', '.join(nil)}."] if nil else []
    lines += [f"Asked for and not filed yet: {', '.join(heard.waiting)}."] if heard.waiting else []
    lines += [f"Sealed until both raters have submitted: {', '.join(heard.sealed)}."] if heard.sealed else []
    lines += [f"Scored by two raters: {', '.join(heard.scored_again)}."] if heard.scored_again else []
    yield Heading("Returns")
    yield Bullets(tuple(lines))


def _strengths(heard: Hearing) -> Iterator[Part]:
    found = strengths(heard.template, heard.returns)
    yield Heading("What worked well")
    if not found:
        yield Paragraph("No question was answered well by every agency that answered it. The panel may know more.")
        return
    count = _many(len(found), "question")
    yield Paragraph(f"{count} answered well by every agency that scored it, most agencies first.")
    yield Table(("Question", "Who said so"), tuple((_question(one.question), said(one.words)) for one in found), (1, 1))


def _grades(heard: Hearing) -> Iterator[Part]:
    yield Heading("Grades, biggest gap first")
    rows = tuple((_title(row), _given(row, "\n"), _gap(row)) for row in heard.comparison.grades)
    yield Table(("Of", "Agencies’ grades", "Gap"), rows, (4, 11, 3))
    facts = heard.file.subjects[heard.subject].facts
    lines = []
    for agency, ret in heard.returns.items():
        if ret.submission and ret.submission.nil:
            continue
        own = ret.grades.get(OVERALL)
        lines.append(f"{agency}: {own.reasons if own and own.reasons else 'no reasons were given.'}")
        computed = indicative(heard.template, ret, facts)
        lines.append(f"{agency}, indicative: {computed.because}")
    yield Heading("Why, for the whole", 2)
    yield Bullets(tuple(lines))


def _title(row: GradeRow) -> str:
    return row.title if row.of == OVERALL else f"{row.of} {row.title}"


def _given(row: GradeRow, between: str = "; ") -> str:
    advice = {agency: f"({grade.label})" for agency, grade in row.indicative.items() if agency not in row.own}
    return said({agency: grade.label for agency, grade in row.own.items()} | advice, between)


def _gap(row: GradeRow) -> str:
    return "none" if row.gap == 0 else "1 step" if row.gap == 1 else f"{row.gap} steps"


def _contradictions(heard: Hearing) -> Iterator[Part]:
    yield Heading("Contradictions to settle")
    found = heard.comparison.contradictions
    if not found:
        yield Paragraph("No two agencies contradict each other on the same question.")
        return
    yield Bullets(tuple(f"{_question(row.question)} {row.contradiction}." for row in found))


def _differences(heard: Hearing) -> Iterator[Part]:
    rows = [row for row in heard.comparison.questions if row.gap or row.contradiction]
    wide = [row for row in rows if row.gap >= WIDE or row.contradiction]
    yield Heading("Where agencies differ, most first")
    if not rows:
        yield Paragraph("On every question that two agencies or more answered, they agree.")
        return
    for row in wide:
        yield Heading(_question(row.question), 2)
        yield answer_table(row, reveal=heard.reveal)
    if len(rows) > len(wide):
        yield Heading("Smaller differences", 2)
        yield Paragraph("Comments and evidence on these are one key away on the panel’s screen.")
        small = tuple((_question(row.question), said(_short(heard, row), "\n")) for row in rows if row not in wide)
        yield Table(("Question", "Who said what"), small, (1, 1))


def _short(heard: Hearing, row: QuestionRow) -> dict[str, str]:
    hidden = {agency: HIDDEN for agency, one in row.answers.items() if secret(row.question, one) and not heard.reveal}
    return {**short_words(heard.template, row.question, row.answers), **hidden}


def answer_table(row: QuestionRow, *, reveal: bool = False) -> Table:
    """What each agency answered, with its comment and evidence."""
    rows = []
    for agency, words in row.words.items():
        answer = row.answers[agency]
        hidden = secret(row.question, answer) and not reveal
        rows.append((agency, words, "" if hidden else behind(answer)))
    return Table(("Agency", "Answer", "Comment and evidence"), tuple(rows), (3, 4, 8))


def behind(answer: Answer) -> str:
    """What stands behind an answer: comment, evidence, cause; a line each."""
    lines = [answer.comment, answer.evidence and f"Seen in: {answer.evidence}"]
    lines += [f"What lay behind it: {answer.cause.label}"] if answer.cause else []
    return "\n".join(filter(None, lines))


def _own_words(heard: Hearing) -> Iterator[Part]:
    rows = [row for row in heard.comparison.questions if row.question.main.type is PartType.LONG_TEXT]
    if not rows:
        return
    yield Heading("In the agencies’ own words")
    place = {id: number for number, id in enumerate(heard.template.questions)}
    for row in sorted(rows, key=lambda one: place[one.question.id]):
        yield Heading(_question(row.question), 2)
        yield Bullets(tuple(f"{agency}: {words}" for agency, words in row.words.items()))


def _turning(heard: Hearing) -> Iterator[Part]:
    facts = heard.file.subjects[heard.subject].facts
    found = turning_points(heard.template, heard.returns, facts, reveal=heard.reveal)
    yield Heading("What the indicative grades hang on")
    if not found:
        yield Paragraph("No single other answer would have given another indicative grade.")
        return
    yield Paragraph("Single answers that would, had they been others, have given another indicative grade.")
    yield Bullets(tuple(one.sentence for one in found))


def _concerns(heard: Hearing) -> Iterator[Part]:
    raised = [concern for ret in heard.returns.values() for concern in ret.concerns.values()]
    if not raised:
        return
    still = [one for one in raised if not (one.id in heard.file.follow_ups and heard.file.follow_ups[one.id].closed_at)]
    yield Heading("Immediate safeguarding concerns")
    yield Paragraph(
        f"{_many(len(raised), 'concern')} raised while this child’s file was audited, {len(still)} still open. They "
        "are no part of any grade."
    )


def voices(heard: Hearing) -> Bullets:
    """Whose view was asked, and what came of it."""
    return Bullets(tuple(voice_words(whose, heard.voices.get(whose)) for whose in Whose))


def voice_words(whose: Whose, voice: Voice | None) -> str:
    """One view in a sentence or two."""
    name = whose.value.capitalize()
    if voice is None:
        return f"{name}: nothing is recorded yet."
    by = f" By: {voice.asked_by}." if voice.asked_by else ""
    view = f" {full_stop(voice.view)}" if voice.view else ""
    used = f" What the panel made of it: {full_stop(voice.used)}" if voice.used else ""
    return f"{name}: {voice.asked.label}.{by}{view}{used}"


def _questions(heard: Hearing) -> Iterator[Part]:
    yield Heading("For the panel to settle")
    lines = [_question(question) for question in heard.questions]
    yield Bullets((*lines, "A grade for the whole, with the reason; and for each section where agencies differ."))


def said(words: dict[str, str], between: str = "; ") -> str:
    """Who said what, those who said the same together: `Yes: Police, Health; Partly: GP`."""
    together: dict[str, list[str]] = {}
    for agency, answer in words.items():
        together.setdefault(answer, []).append(agency)
    return between.join(f"{answer}: {', '.join(agencies)}" for answer, agencies in together.items())


def _question(question: Question) -> str:
    return f"{question.id} {question.text}"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
