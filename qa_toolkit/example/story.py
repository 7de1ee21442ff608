"""What has happened in the worked example, in the order in which it happened."""

from __future__ import annotations

from random import Random

from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.ids import return_id
from qa_toolkit.domain.programme import Standing
from qa_toolkit.example import agreeing, cast
from qa_toolkit.example.builder import Builder
from qa_toolkit.example.hearing import moderate, raise_findings
from qa_toolkit.example.meetings import Meetings
from qa_toolkit.example.plan_words import PLANS
from qa_toolkit.example.plans import Plans
from qa_toolkit.example.re_audit import re_audit
from qa_toolkit.example.rounds import last_round, this_round
from qa_toolkit.example.year import EARLY, MISSING, plan_two_years, set_terms
from qa_toolkit.workflow import audits, concerns, findings, secondscores, submission

QUALITY = (2.9, 2.2, 3.3, 1.7, 2.6, 3.6, 2.0, 2.8)
"""How well each of the eight children of the first audit was helped, from 1 to 4."""

NOT_KNOWN_TO = {
    1: ("placement",),
    2: ("youth-justice", "placement"),
    3: ("mental-health", "placement"),
    4: ("placement", "youth-justice"),
    5: ("placement", "youth-justice", "mental-health"),
    6: ("youth-justice", "placement", "lantern"),
    7: ("placement", "mental-health"),
    8: ("youth-justice", "placement", "mental-health"),
}
"""Agencies that did not know a child of the first audit, by the child's number."""


def tell(builder: Builder) -> None:
    """Everything. The plans lie in a file of their own, so they are told as a whole, after what they rest on."""
    told = Plans(builder)
    told.strategy(-700)
    last_round(builder)
    programme = plan_two_years(builder)
    first = first_audit(builder)
    programme.move("early", Standing.DONE, audit=first.id)
    again = re_audit(builder, first)
    programme.move("again", Standing.DONE, audit=again.id)
    running, response = running_audit(builder), this_round(builder)
    programme.move("missing", Standing.RUNNING, audit=running.id)
    programme.move("response", Standing.RUNNING, audit=response.id)
    agreeing.remind(builder)
    agreeing.promise_and_excuse(builder, running)
    for planned in PLANS:
        told.plan(planned, _findings(builder, planned.audit))
    Meetings(told).tell()
    told.tell()


def _findings(builder: Builder, code: str) -> tuple[str, ...]:
    """Ids of what the audit with that code found, in the order in which it was raised."""
    audit = next((id for id in builder.workspace.audits() if code and id.startswith(f"{code}-")), "")
    return tuple(finding.id for finding in findings.of_audit(builder.workspace, audit)) if audit else ()


def first_audit(builder: Builder) -> Audit:
    """Eight children, every return in and filed, heard by the panel, findings raised, the audit closed."""
    audit = builder.open(
        "CE", "Child exploitation: how early it is seen", "child-exploitation-case-file", opened=-230, due=-195,
        purpose="To see how early exploitation is noticed, and what the child says came of it.",
    )  # fmt: skip
    cohort = "Children open to the exploitation panel in the six months before the census day."
    set_terms(builder, audit.id, EARLY, cohort, outside=())
    coming = []
    for number, quality in enumerate(QUALITY, start=1):
        episodes = (3, 5, 0, 6, 2, 1, 4, 0)[number - 1]
        case = builder.case(audit, builder.facts(audit, number, episodes))
        for agency in audit.agencies:
            id = return_id(case, agency)
            known = agency not in NOT_KNOWN_TO[number]
            rng = Random(id)
            coming.append((builder.at(-225 + rng.randint(0, 27), rng.randint(8, 15)), id, quality if known else 0.0))
            if number in (1, 4) and agency in cast.SECOND_OF:
                coming.append((builder.at(-197, 9 + number), _second_score(builder, id), quality))
    agreeing.check_records(builder, audit, NOT_KNOWN_TO)
    agreeing.waive(builder, return_id(f"{audit.id}-C03", "youth-justice"))
    agreeing.note(builder, audit, agreeing.FIRST)
    builder.bring_in(coming)
    builder.file(list(builder.workspace.audit(audit.id).allocations), day=-190)
    agreeing.settle(builder, audit, agreeing.FIRST, day=-184)
    moderate(builder, audit, day=-178)
    raise_findings(builder, audit, day=-171)
    audits.close_audit(builder.workspace, audit.id, by=builder.by, now=builder.tick(30))
    return audit


def _second_score(builder: Builder, id: str) -> str:
    """A second, blind score asked for beside a return."""
    agency = builder.workspace.audit(id[: id.index("-C")]).allocations[id].agency
    made = secondscores.ask(
        builder.workspace, id, cast.SECOND_OF[agency], by=builder.by, now=builder.tick(), today=builder.moment.date()
    )
    return made.id


def running_audit(builder: Builder) -> Audit:
    """Three children: returns in every state, some late, one queried, one nil, one open concern."""
    audit = builder.open(
        "MC", "Children who go missing: what the return interview changes", "missing-children-case-file", opened=-32,
        due=5, agency_check=False, purpose="To see whether what children say after an episode changes anything.",
    )  # fmt: skip
    cohort = "Children reported missing three times or more in the six months before the census day."
    set_terms(builder, audit.id, MISSING, cohort, outside=("Harrowmoor Police, where two of them were found",))
    cases = [builder.case(audit, builder.facts(audit, n, n + 1)) for n in (1, 2, 3)]
    agreeing.check_records(
        builder, audit, {2: ("youth-justice",)}, family=(1, "lantern"), silent=("placement", "education")
    )
    first, second, third = cases
    # Some agencies were asked to be early, because their records go to the panel first.
    for case, agency, due in ((first, "mental-health", -6), (second, "placement", -4), (second, "police", -3)):
        audits.allocate(
            builder.workspace, return_id(case, agency), cast.AUDITOR_OF[agency],
            due=builder.working(due), by=builder.by, now=builder.tick(),
        )  # fmt: skip
    builder.nil(return_id(second, "youth-justice"), at=builder.at(-20, 11))
    agreeing.note(builder, audit, agreeing.RUNNING)
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
    return audit


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
    concerns.follow_up(builder.workspace, made.id, acknowledged_by="duty manager", by=builder.by, now=builder.tick(35))
