"""What has happened in the worked example: one audit finished, one running, one self-assessment round begun."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from qa_toolkit.domain.ids import return_id
from qa_toolkit.example import cast
from qa_toolkit.example.build import NOT_KNOWN_TO, QUALITY, Builder, fact
from qa_toolkit.workflow import audits, concerns, submission


def tell(builder: Builder) -> None:
    """Everything, in the order in which it happened."""
    finished_audit(builder)
    running_audit(builder)
    self_assessment(builder)


def _facts(builder: Builder, audit_template: str, number: int, episodes: int) -> dict[str, Any]:
    rng = Random(f"{audit_template} case {number}")
    template = builder.workspace.template(audit_template)
    found = {}
    for field in template.header:
        if field.about == "subject":
            value = episodes if field.id == "missing_episodes" else fact(field, rng, builder.moment.date())
            if value is not None:
                found[field.id] = value
    return found


def finished_audit(builder: Builder) -> None:
    """Eight children, every return in and filed, the audit closed."""
    audit = builder.open(
        "CE", "Child exploitation: how early it is seen", "child-exploitation-case-file", opened=-230, due=-195,
        purpose="To see how early exploitation is noticed, and what the child says came of it.",
    )  # fmt: skip
    coming: list[tuple[datetime, str, float]] = []
    for number, quality in enumerate(QUALITY, start=1):
        episodes = (3, 5, 0, 6, 2, 1, 4, 0)[number - 1]
        case = builder.case(audit, _facts(builder, audit.template, number, episodes))
        for agency in audit.agencies:
            id = return_id(case, agency)
            known = agency not in NOT_KNOWN_TO[number]
            rng = Random(id)
            coming.append((builder.at(-225 + rng.randint(0, 27), rng.randint(8, 15)), id, quality if known else 0))
    for moment, id, quality in sorted(coming):
        if quality:
            builder.score(id, quality, at=moment)
        else:
            builder.nil(id, at=moment)
    builder.file(list(builder.workspace.audit(audit.id).allocations), day=-190)
    audits.close_audit(builder.workspace, audit.id, by=builder.by, now=builder.tick(30))


def running_audit(builder: Builder) -> None:
    """Three children: returns in every state, some late, one queried, one nil, one open concern."""
    audit = builder.open(
        "MC", "Children who go missing: what the return interview changes", "missing-children-case-file", opened=-32,
        due=5, agency_check=False, purpose="To see whether what children say after an episode changes anything.",
    )  # fmt: skip
    cases = [builder.case(audit, _facts(builder, audit.template, n, n + 1)) for n in (1, 2, 3)]
    first, second, third = cases
    # Some agencies were asked to be early, because their records go to the panel first.
    for case, agency, due in ((first, "mental-health", -6), (second, "placement", -4), (second, "police", -3)):
        audits.allocate(
            builder.workspace, return_id(case, agency), cast.AUDITOR_OF[agency],
            due=builder.working(due), by=builder.by, now=builder.tick(),
        )  # fmt: skip
    builder.nil(return_id(second, "youth-justice"), at=builder.at(-20, 11))
    submitted = ((first, "police"), (first, "social-care"), (second, "lantern"), (second, "social-care"))
    for day, (case, agency) in enumerate(submitted, start=-14):
        builder.score(return_id(case, agency), 2.6, at=builder.at(day, 10))
    builder.score(return_id(first, "health"), 2.8, at=builder.at(-9, 13))
    builder.file([return_id(first, "police"), return_id(second, "lantern")], day=-7)
    builder.score(return_id(second, "police"), 2.2, at=builder.at(-6, 9), stop_after=9)
    builder.score(return_id(third, "social-care"), 1.9, at=builder.at(-5, 9), stop_after=14)
    builder.score(return_id(third, "education"), 2.4, at=builder.at(-5, 14), stop_after=4)
    _query(builder, return_id(first, "health"))
    _concern(builder, return_id(third, "social-care"))


def _query(builder: Builder, id: str) -> None:
    builder.moment = max(builder.moment, builder.at(-3, 10))
    ret = builder.workspace.ret(id)
    asked = [question for question, answer in ret.answers.items() if answer.values][2:4]
    texts = ("Which record shows this? A date would help.", "The comment speaks of a plan: which one?")
    submission.query(builder.workspace, id, dict(zip(asked, texts, strict=False)), by=builder.by, now=builder.moment)


def _concern(builder: Builder, id: str) -> None:
    builder.moment = max(builder.moment, builder.at(-1, 14))
    who = cast.AUDITOR_OF["social-care"]
    made = concerns.raise_concern(
        builder.workspace, id,
        what="The file ends with an episode that nobody closed: it does not say that the child came back.",
        why_now="The last entry is from yesterday evening.", told="duty manager", told_at=builder.moment,
        how="telephone", by=who, now=builder.tick(20),
    )  # fmt: skip
    concerns.follow_up(
        builder.workspace, made.id, acknowledged_by="duty manager", by=builder.by, now=builder.tick(35)
    )


def self_assessment(builder: Builder) -> None:
    """A round of the eight agencies, begun by three of them."""
    audit = builder.open(
        "SA", "How we respond to exploitation: this year’s self-assessment",
        "exploitation-response-self-assessment", opened=-15, due=25,
    )  # fmt: skip
    file = builder.workspace.audit(audit.id)
    owed = {allocation.agency: id for id, allocation in file.allocations.items()}
    builder.score(owed["police"], 2.8, at=builder.at(-6, 15), stop_after=12)
    builder.score(owed["health"], 3.1, at=builder.at(-5, 16), stop_after=7)
    builder.score(owed["lantern"], 3.4, at=builder.at(-4, 10))
