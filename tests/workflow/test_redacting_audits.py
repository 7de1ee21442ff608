"""A name that was typed where the partnership writes about an audit leaves every file, and the rest stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from builders_panel import AUDIT, CHILD, HEALTH, MEMBER, OTHER_CHILD, POLICE, a_panel_workspace
from builders_scoring import BOSS, LEAD, RATER, START, TODAY

from qa_toolkit import domain
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import AgreedGrade, Asked, Whose
from qa_toolkit.domain.programme import Because
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import Workspace, audit_journal
from qa_toolkit.workflow import audits, findings, history, moderation, programme, promises, redacting, submission
from qa_toolkit.workflow.plans import redacting as of_plans
from qa_toolkit.workflow.redacting_audits import IN_AUDIT, IN_PARTNERSHIP, redact_by_id
from qa_toolkit.workflow.verifying import verify

NAME = "Quimby Fennelworth"
SAID = f"As {NAME} told the worker."
LATER = START + timedelta(days=1)
WHY = "a name was typed"
NOTHING_TYPED = frozenset({
    "agencies", "agency_keys", "allocations", "case_ties", "kept", "ladders", "action_ladders", "numbers", "handovers",
    "parcel_origins", "parcel_tokens", "partnership", "people", "plan_mappings", "received", "report_versions",
    "return", "rule_sets", "same_children", "samples", "school_terms", "tiers", "turns", "reasons",
})  # fmt: skip
"""Tables in which people type nothing freely, or in which only names of staff and settings stand."""


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """The name typed wherever there is room for words about an audit."""
    workspace = a_panel_workspace(tmp_path / "w")
    day: dict[str, Any] = {"by": BOSS, "now": LATER}
    moderation.agree(workspace, CHILD, Grade.GOOD, SAID, dissent=SAID, **day)
    moderation.declare_interest(workspace, CHILD, MEMBER, SAID, **day)
    moderation.withdraw_interest(workspace, CHILD, MEMBER, SAID, **day)
    moderation.declare_interest(workspace, OTHER_CHILD, LEAD, SAID, **day)
    moderation.record_voice(workspace, CHILD, Whose.CHILD, Asked.GAVE, view=SAID, asked_by=SAID, used=SAID, **day)
    finding = findings.raise_finding(
        workspace,
        AUDIT,
        FindingKind.DEVELOP,
        SAID,
        answers=[AnswerRef(return_id=POLICE, question="PL-01")],
        today=TODAY,
        **day,
    )
    findings.withdraw(workspace, finding.id, SAID, **day)
    owed = f"{OTHER_CHILD}-POLICE"
    audits.waive(workspace, owed, RATER, SAID, agreed_by=NAME, **day)
    promises.excuse(workspace, f"{OTHER_CHILD}-HEALTH", SAID, NAME, **day)
    promises.expect_again(workspace, f"{OTHER_CHILD}-HEALTH", SAID, **day)
    submission.reopen(workspace, HEALTH, SAID, **day)
    programme.plan(workspace, SAID, Kind.CASE_FILE, "2027-03", because=Because.REVIEW, why=SAID, lead=NAME, **day)
    audits.close_audit(workspace, AUDIT, abandoned=SAID, **day)
    return workspace


def files_with(workspace: Workspace) -> list[str]:
    """Every file of the workspace in which the name stands."""
    found = [file for file in workspace.root.rglob("*") if file.is_file() and NAME.encode() in file.read_bytes()]
    return [file.relative_to(workspace.root).as_posix() for file in found]


def test_a_name_leaves_every_file_by_the_ids_under_which_it_was_typed(at: Workspace) -> None:
    assert files_with(at)
    for id in (
        f"{CHILD}:overall", f"{CHILD}:{MEMBER}", f"{OTHER_CHILD}:{LEAD}", f"{CHILD}:child", "F-2026-001",
        f"{OTHER_CHILD}-POLICE", f"{OTHER_CHILD}-HEALTH", f"{HEALTH}-O1", "P-2027-01", AUDIT,
    ):  # fmt: skip
        assert redact_by_id(at, id.lower(), why=WHY, by=BOSS, now=LATER) > 0
    assert files_with(at) == []
    assert verify(Workspace(at.root)).faults == ()


def test_what_was_decided_stays_when_its_words_go(at: Workspace) -> None:
    redact_by_id(at, f"{CHILD}:overall", why=WHY, by=BOSS, now=LATER)
    agreed = at.audit(AUDIT).all(AgreedGrade)[f"{CHILD}:overall"]
    assert (agreed.grade, agreed.reasons, agreed.dissent) == (Grade.GOOD, "(taken out)", "(taken out)")


def test_only_a_co_ordinator_or_a_chair_does_it_and_only_where_something_stands(at: Workspace) -> None:
    with pytest.raises(NotAllowed, match="Only a co-ordinator or a chair"):
        redact_by_id(at, f"{CHILD}:overall", why=WHY, by=RATER, now=LATER)
    with pytest.raises(InputError, match="name the question too"):
        redact_by_id(at, POLICE, why=WHY, by=BOSS, now=LATER)
    with pytest.raises(InputError, match="Say why"):
        redact_by_id(at, f"{CHILD}:overall", why=" ", by=BOSS, now=LATER)
    redact_by_id(at, f"{CHILD}:overall", why=WHY, by=BOSS, now=LATER)
    with pytest.raises(InputError, match="Nothing that was typed is left"):
        redact_by_id(at, f"{CHILD}:overall", why=WHY, by=BOSS, now=LATER)


def test_a_reason_is_told_by_the_history_and_stands_where_it_can_be_taken_out(at: Workspace) -> None:
    """Reasons of an audit's deeds once stood beside who and when, which no redaction reaches."""
    lines = list(at.shelf(audit_journal(AUDIT)).journal.lines())
    assert all(line.why is None for line in lines)
    told = [one.why for one in history.history(at, audit_journal(AUDIT)) if one.did == "took an excuse back"]
    assert told == [SAID]


def test_every_table_says_what_is_typed_in_it() -> None:
    """A new kind of record has to say which of its fields `qa redact` strips."""
    for module in walk_packages(domain.__path__, f"{domain.__name__}."):
        import_module(module.name)
    known = {*redacting.TYPED, *of_plans.TYPED, *IN_AUDIT, *IN_PARTNERSHIP, *NOTHING_TYPED}
    kinds = {kind.table: kind for kind in below(Record) if kind.table}
    assert sorted(set(kinds) - known) == []
    for typed in (redacting.TYPED, of_plans.TYPED, IN_AUDIT, IN_PARTNERSHIP):
        wrong = [(table, field) for table, fields in typed.items() for field in fields
                 if field not in kinds[table].model_fields]  # fmt: skip
        assert wrong == []


def below(kind: type[Record]) -> Iterator[type[Record]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)
