"""The panel of the worked example: it hears each child, agrees a grade with its reason, and raises what it found."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from statistics import median_low

from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.findings import AnswerRef, FindingKind, Tag
from qa_toolkit.domain.moderation import Asked, Confidence, Sitter, Whose
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.example import cast
from qa_toolkit.example.builder import Builder
from qa_toolkit.example.panel_words import FINDINGS, PANEL_REASONS, VIEWS, Found
from qa_toolkit.workflow import findings, moderation
from qa_toolkit.workflow.hearings import hearing


def moderate(builder: Builder, audit: Audit, *, day: int) -> None:
    """A sitting on that day that hears every child of the audit."""
    builder.moment = max(builder.moment, builder.at(day, 9))
    children = tuple(builder.workspace.audit(audit.id).subjects)
    moderation.convene(
        builder.workspace, audit.id, builder.moment.date(), chair=cast.CHAIR.id, present=_present(),
        subjects=children, minutes_each=40, apologies="Brackenshire CAMHS sent its comments beforehand.",
        by=builder.by, now=builder.moment,
    )  # fmt: skip
    for number, child in enumerate(children):
        moderation.begin_turn(builder.workspace, child, by=builder.by, now=builder.tick(3))
        if number == 3:
            moderation.declare_interest(
                builder.workspace, child, cast.LEAD_OF["police"], "managed the officer who held the investigation",
                by=builder.by, now=builder.tick(1),
            )  # fmt: skip
        _hear(builder, child, Random(f"{child} panel"))
        moderation.end_turn(builder.workspace, child, by=builder.by, now=builder.tick(6))


def _present() -> list[Sitter]:
    members = [Sitter(who=lead, agency=agency) for agency, lead in cast.LEAD_OF.items()]
    members += [Sitter(who=cast.AUDITOR_OF[agency], agency=agency) for agency in ("health", "education", "lantern")]
    return [*members, Sitter(who="practice manager", agency="youth-justice")]


def _hear(builder: Builder, child: str, rng: Random) -> None:
    heard = hearing(builder.workspace, child)
    for whose, views in VIEWS.items():
        asked, view, used = rng.choice(views)
        moderation.record_voice(
            builder.workspace, child, Whose(whose), Asked(asked), asked_by="social worker", view=view, used=used,
            by=builder.by, now=builder.tick(2),
        )  # fmt: skip
    for question in heard.questions:
        if question.main.id == "answer":
            options = [option.value for option in heard.template.options_of(question.main)]
            moderation.panel_answer(
                builder.workspace, child, question.id, {question.main.id: rng.choice(options)}, by=builder.by,
                now=builder.tick(2),
            )  # fmt: skip
    wide = [row for row in heard.comparison.grades if row.of != OVERALL and row.gap >= 2][:2]
    for row in wide:
        _agree(builder, child, row.of, _middle(row.own or row.indicative), rng)
    _agree(builder, child, OVERALL, _middle(heard.comparison.grades[0].own), rng)


def _middle(grades: dict[str, Grade]) -> Grade:
    return Grade.from_points(median_low([grade.points for grade in grades.values() if grade.points] or [2]))


def _agree(builder: Builder, child: str, of: str, grade: Grade, rng: Random) -> None:
    dissent = ""
    if of == OVERALL and rng.random() < 0.2:
        dissent = "The education member would have gone one step higher: the school never let go of the child."
    moderation.agree(
        builder.workspace, child, grade, rng.choice(PANEL_REASONS[grade.value]), of=of,
        confidence=rng.choice((Confidence.HIGH, Confidence.HIGH, Confidence.MEDIUM)), dissent=dissent,
        by=builder.by, now=builder.tick(9),
    )  # fmt: skip


def raise_findings(builder: Builder, audit: Audit, *, day: int, which: Iterable[Found] = FINDINGS) -> None:
    """What the audit found, strengths first, each resting on answers that show it."""
    builder.moment = max(builder.moment, builder.at(day, 10))
    for found in which:
        answers = _answers(builder, audit, found)
        if not answers:
            continue
        findings.raise_finding(
            builder.workspace, audit.id, FindingKind(found.kind), found.text, answers=answers,
            cause=Cause(found.cause) if found.cause else None, tags=tuple(Tag(tag) for tag in found.tags),
            origin="moderation", by=builder.by, now=builder.tick(5), today=builder.moment.date(),
        )  # fmt: skip


def _answers(builder: Builder, audit: Audit, finding: Found) -> list[AnswerRef]:
    """Answers to the finding's questions that are weak, or strong, as it says; from different children first."""
    weak = FindingKind(finding.kind).to_improve
    file = builder.workspace.audit(audit.id)
    template = builder.workspace.template(file.audit.template)
    found: list[AnswerRef] = []
    for id in sorted(file.received):
        ret = builder.workspace.ret(id)
        for question_id in finding.questions:
            answer = ret.answers.get(question_id)
            if answer is None or not answer.values:
                continue
            part = template.questions[question_id].main
            options = {option.value: option for option in template.options_of(part)}
            chosen = options.get(str(answer.values.get(part.id)))
            if chosen is not None and chosen.weak is weak:
                found.append(AnswerRef(return_id=id, question=question_id))
    first_of_each = {ref.return_id.rpartition("-")[0]: ref for ref in reversed(found)}
    ordered = [*sorted(first_of_each.values(), key=lambda ref: ref.return_id), *found]
    return list(dict.fromkeys(ordered))[: finding.most]
