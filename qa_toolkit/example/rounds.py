"""The self-assessments of the worked example: last year's moderated and closed, this year's begun from it."""

from __future__ import annotations

from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.example import cast
from qa_toolkit.example.builder import Builder
from qa_toolkit.example.panel_words import ON_INDICATORS
from qa_toolkit.workflow import audits, moderation, rounds

TEMPLATE = "exploitation-response-self-assessment"
PURPOSE = "To see where each agency’s own response to exploitation stands, and what moved in a year."


def last_round(builder: Builder) -> Audit:
    """A year ago: the self-assessments of the eight agencies, all in and filed, and moderated by a panel."""
    audit = builder.open(
        "SA", "How we respond to exploitation: last year’s self-assessment", TEMPLATE, opened=-385, due=-350,
        purpose=PURPOSE,
    )  # fmt: skip
    for number, (id, allocation) in enumerate(builder.workspace.audit(audit.id).allocations.items()):
        quality = 2.1 + 0.4 * cast.LIFT[allocation.agency]
        builder.score(id, quality, at=builder.at(-378 + number * 3, 10))
    builder.file(list(builder.workspace.audit(audit.id).allocations), day=-348)
    _moderate(builder, audit, day=-338)
    audits.close_audit(builder.workspace, audit.id, by=builder.by, now=builder.tick(30))
    return audit


def _moderate(builder: Builder, audit: Audit, *, day: int) -> None:
    """The panel's words on indicators that it looked at, each beside the agency's own; the rest stand as they are."""
    builder.not_before(builder.at(day, 9))
    moderation.convene(
        builder.workspace, audit.id, builder.moment.date(), chair=cast.CHAIR.id,
        present=[Sitter(who=lead, agency=agency) for agency, lead in cast.LEAD_OF.items()]
        + [Sitter(who=cast.AUDITOR_OF["health"], agency="health")],
        minutes_each=20, by=builder.by, now=builder.moment,
    )  # fmt: skip
    template = builder.workspace.template(audit.template)
    owed = {one.agency: one for one in builder.workspace.audit(audit.id).allocations.values()}
    for said in ON_INDICATORS:
        question = template.questions[said.question]
        steps = [option.value for option in template.options_of(question.main)]
        answer = builder.workspace.ret(owed[said.agency].id).answers[question.id]
        if answer.missing is not None:
            continue
        place = steps.index(str(answer.values[question.main.id])) + said.steps
        if 0 <= place < len(steps):
            rounds.moderate(
                builder.workspace, owed[said.agency].subject, question.id, steps[place], said.reasons,
                by=builder.by, now=builder.tick(8),
            )  # fmt: skip


def this_round(builder: Builder) -> Audit:
    """A round of the eight agencies, begun by three of them from last year’s answers."""
    audit = builder.open(
        "SA", "How we respond to exploitation: this year’s self-assessment", TEMPLATE, opened=-15, due=25,
        purpose=PURPOSE,
    )  # fmt: skip
    file = builder.workspace.audit(audit.id)
    owed = {allocation.agency: id for id, allocation in file.allocations.items()}
    builder.score(owed["police"], 2.8, at=builder.at(-6, 15), stop_after=12)
    builder.score(owed["health"], 3.1, at=builder.at(-5, 16), stop_after=7)
    builder.score(owed["lantern"], 3.4, at=builder.at(-4, 10))
    return audit
