"""Two rounds of self-assessment by some agencies, with what each said of each indicator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from unittest.mock import patch

from builders_scoring import BOSS, START

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.rounds import is_indicator
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, moderation, returns, setup, starting, submission

TEMPLATE = "exploitation-response-self-assessment"
LAST, THIS = "SA-2026-01", "SA-2027-01"
CHAIR = "c.chair@police"
KINDS = {
    "social-care": "childrens-social-care", "police": "police", "health": "health", "mental-health": "mental-health",
    "education": "education", "youth-justice": "youth-justice", "lantern": "specialist-service",
    "placement": "placement",
}  # fmt: skip


def a_partnership(root: Path, agencies: int = 2) -> Workspace:
    """So many agencies, each with somebody who answers for it."""
    boss = Person(id=BOSS, name="Co Ordinator", roles=(Role.COORDINATOR,))
    made = setup.make_workspace(root, "Northshire", first=boss, now=START)
    for id in list(KINDS)[:agencies]:
        setup.add_agency(made, id, id.replace("-", " ").capitalize(), KINDS[id], by=BOSS, now=START)
        setup.add_person(made, f"a.auditor@{id}", "A. Auditor", (Role.AUDITOR,), by=BOSS, now=START)
    setup.add_person(made, CHAIR, "Cy Chair", (Role.CHAIR,), by=BOSS, now=START)
    return made


def a_round(at: Workspace, id: str, source: str = "") -> None:
    """A round opened in January of its year."""
    template, text = library.load(source or TEMPLATE)
    year = int(id[3:7])
    audits.open_audit(at, id, f"Round {year}", template, text, opened=date(year, 1, 5), due=date(year, 2, 26), by=BOSS,
                      now=START)  # fmt: skip


def own_return(at: Workspace, round: str, agency: str) -> str:
    """The id of an agency's return."""
    return next(one.id for one in at.audit(round).allocations.values() if one.agency == agency)


def filed(at: Workspace, round: str, agency: str, said: Mapping[str, str], rest: str = "developing") -> str:
    """An agency's return filed: these indicators as said, the rest alike; `rest` empty leaves them as they were."""
    id, by = own_return(at, round, agency), f"a.auditor@{agency}"
    starting.start(at, id, by=by, now=START, today=date(2026, 1, 6))
    returns.declare(at, id, Relation.NONE, by=by, now=START)
    opened = returns.opened(at, id)
    indicators = [q.id for _, q in opened.template.asked(opened.ret.head.kind) if is_indicator(opened.template, q)]
    values = {**(dict.fromkeys(indicators, rest) if rest else {}), **said}
    given = [
        Answer(id=question, values={"answer": value}, comment=f"Ours on {question}.", evidence="Dip of twelve files")
        for question, value in values.items() if question in indicators
    ]  # fmt: skip
    returns.answer_all(at, id, given, by=by, now=START)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, id)))
    with patch.object(submission, "what_stops", lambda *_args, **_kwargs: []):
        submission.submit(at, id, safe="", relation=Relation.NONE, acknowledged=notes, by=by, now=START)
    submission.receive(at, id, by=BOSS, now=START)
    return id


def a_panel(at: Workspace, round: str) -> None:
    """A panel that sits."""
    moderation.convene(at, round, date(2027, 3, 2), chair=CHAIR, present=[Sitter(who=BOSS)], by=BOSS, now=START)


def two_rounds(root: Path, agencies: int = 2) -> Workspace:
    """Last year's round filed and closed; this year's filed by all but the last agency; a panel sits."""
    at = a_partnership(root, agencies)
    a_round(at, LAST)
    for place, id in enumerate(list(KINDS)[:agencies]):
        said = {"KN-01": "not_started", "KN-03": "in_place", "PR-01": "embedded" if place % 2 else "developing"}
        filed(at, LAST, id, said)
    audits.close_audit(at, LAST, by=BOSS, now=START)
    a_round(at, THIS)
    for id in list(KINDS)[: agencies - 1]:
        filed(at, THIS, id, {"KN-01": "in_place", "KN-03": "developing"}, rest="")
    a_panel(at, THIS)
    return at
