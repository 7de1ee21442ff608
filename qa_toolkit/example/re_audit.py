"""The re-audit of the worked example: four children drawn from a list, looked at as the first audit looked at eight."""

from __future__ import annotations

from random import Random

from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.ids import return_id
from qa_toolkit.domain.sampling import Candidate, Method
from qa_toolkit.example.builder import Builder
from qa_toolkit.example.hearing import moderate, raise_findings
from qa_toolkit.example.panel_words import AGAIN
from qa_toolkit.workflow import audits, sampling

QUALITY = (3.0, 2.6, 3.4, 2.3)
"""How well each of the four children was helped: a little better than those of the first audit."""

SEED = "drawn with T. G.-M."
PLANS = ("child in need", "child protection", "looked after")


def frame() -> list[Candidate]:
    """The list that the four were drawn from: pseudonyms, with the plan each child was on."""
    return [
        Candidate(
            ref=f"L-{number:02}", strata={"plan": PLANS[number % len(PLANS)]},
            excluded="the agency’s own review is running" if number in (7, 15) else "",
        )
        for number in range(1, 25)
    ]  # fmt: skip


def re_audit(builder: Builder, first: Audit) -> Audit:
    """Four children, drawn; every return in and filed, heard by the panel, and held against the first audit."""
    audit = builder.open(
        "RA", "Child exploitation: looked at again", "child-exploitation-case-file", opened=-85, due=-58,
        purpose="To see whether screening, strategy discussions and return interviews have changed.",
        re_audit_of=first.id,
    )  # fmt: skip
    sampling.draw_sample(
        builder.workspace, audit.id, frame(), Method.STRATIFIED, len(QUALITY), seed=SEED, by_columns=("plan",),
        reserves=2, by=builder.by, now=builder.tick(), today=builder.moment.date(),
    )  # fmt: skip
    coming = []
    cases = sorted(builder.workspace.audit(audit.id).subjects)
    for number, (case, quality) in enumerate(zip(cases, QUALITY, strict=True), start=1):
        facts = builder.facts(audit, number, episodes=(2, 0, 4, 1)[number - 1])
        audits.set_case_facts(builder.workspace, case, facts, seen=None, by=builder.by, now=builder.tick())
        for agency in audit.agencies:
            id = return_id(case, agency)
            rng = Random(id)
            known = agency not in ("placement", "youth-justice") or number == 3
            coming.append((builder.at(-82 + rng.randint(0, 20), rng.randint(8, 15)), id, quality if known else 0.0))
    builder.bring_in(coming)
    builder.file(list(builder.workspace.audit(audit.id).allocations), day=-56)
    moderate(builder, audit, day=-49)
    raise_findings(builder, audit, day=-45, which=AGAIN)
    audits.close_audit(builder.workspace, audit.id, by=builder.by, now=builder.tick(30))
    return audit
