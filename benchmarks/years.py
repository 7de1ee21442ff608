"""Ten years of a partnership: 60 audits, 3,000 returns, 120,000 answers. Written line by line, without a sync each.

Four audits are open, as they would be on any day; the others are closed.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from places import COORDINATOR, NOW

from qa_toolkit.domain.audits import Allocation, Audit, AuditEntry, AuditStatus, Subject
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Declaration, Relation, ReturnHead
from qa_toolkit.store import library, lines
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import setup

AUDITS, CASES, ANSWERS, OPEN = 60, 10, 40, 4
KINDS = ("police", "health", "education", "youth-justice", "childrens-social-care")


def ten_years(root: Path) -> Workspace:
    """The workspace."""
    first = Person(id=COORDINATOR, name="C. Ordinator", roles=(Role.COORDINATOR,))
    workspace = setup.make_workspace(root, "Ten years", first=first, now=NOW)
    for kind in KINDS:
        setup.add_agency(workspace, kind, kind.capitalize(), kind, by=COORDINATOR, now=NOW)
        setup.add_person(workspace, f"a.auditor@{kind}", f"A. Auditor of {kind}", by=COORDINATOR, now=NOW)
    template, source = library.load("child-exploitation-case-file")
    workspace.keep_template(template, source)
    questions = [question.id for question in template.questions.values()]
    for number in range(AUDITS):
        _audit(workspace, number, template.digest, questions)
    return workspace


def _audit(workspace: Workspace, number: int, digest: str, questions: list[str]) -> None:
    year, serial = 2017 + number // 6, number % 6 + 1
    id = f"CE-{year}-{serial:02}"
    is_open = number >= AUDITS - OPEN
    due = NOW.date() + timedelta(days=10) if is_open else date(year, 6, 30)
    audit = Audit(
        id=id, title=f"Audit {number + 1}", kind="case_file", template_id="child-exploitation-case-file",
        template_edition="1.0", template=digest, subject="child", agencies=KINDS, opened=date(year, 3, 1), due=due,
    )  # fmt: skip
    records: list[Any] = [audit]
    started = []
    for case in range(1, CASES + 1):
        subject = f"{id}-C{case:02}"
        records.append(Subject(id=subject, facts={"missing_episodes": 2}))
        for kind in KINDS:
            owed = Allocation(
                id=f"{subject}-{kind.upper()}", subject=subject, agency=kind, rater=f"a.auditor@{kind}",
                asked=audit.opened,
            )  # fmt: skip
            records.append(owed)
            started.append(owed.id)
            _return(workspace, owed, id, digest, questions)
    _write(workspace, audit_journal(id), [[*records, *(("started", one, {}) for one in started)]])
    entry = AuditEntry(id=id, title=audit.title, kind=audit.kind, opened=audit.opened, due=due,
                       status=AuditStatus.OPEN if is_open else AuditStatus.CLOSED)  # fmt: skip
    with workspace.change(PARTNERSHIP, by=COORDINATOR, did="opened the audit", now=NOW) as change:
        change.put(entry)


def _return(workspace: Workspace, owed: Allocation, audit: str, digest: str, questions: list[str]) -> None:
    head = ReturnHead(
        id=owed.id, audit=audit, subject=owed.subject, agency=owed.agency, kind=owed.agency, rater=owed.rater,
        template=digest, started=owed.asked,
    )  # fmt: skip
    rows: list[list[Any]] = [[head], [Declaration(id="start", relation=Relation.NONE)]]
    answer = {"values": {"answer": "partly"}, "comment": "The tool is there; the part on adults was left short."}
    rows += [[("answers", id, answer)] for id in questions[:ANSWERS]]
    _write(workspace, return_journal(owed.id), rows)


def _write(workspace: Workspace, name: str, rows: list[list[Any]]) -> None:
    path = workspace.folder.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    prev = lines.GENESIS
    with path.open("wb") as file:
        for seq, records in enumerate(rows, start=1):
            puts = [r if isinstance(r, tuple) else (r.table, r.id, r.document()) for r in records]
            raw, line = lines.build(
                seq=seq, prev=prev, at=NOW + timedelta(seconds=seq), by=COORDINATOR, did="recorded", why=None,
                salt=b"sixteen bytes ok", puts=puts,
            )  # fmt: skip
            prev = line.hash
            file.write(raw)
