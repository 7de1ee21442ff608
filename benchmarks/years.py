"""Ten years of a partnership: 60 audits, 3,000 returns, 120,000 answers, 2,500 actions with 20,000 updates. Written
line by line, without a sync each.

Four audits are open, as they would be on any day; the others are closed. So are nine actions of ten.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from places import COORDINATOR, NOW

from qa_toolkit.domain.audits import Allocation, Audit, AuditEntry, AuditStatus, Subject
from qa_toolkit.domain.people import Kept, Person, Role
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed, State
from qa_toolkit.domain.plans.plan import Plan, Recommendation, Source
from qa_toolkit.domain.plans.records import Action, DateChange, Evidence, EvidenceKind, Step, Update
from qa_toolkit.domain.returns import Declaration, Relation, ReturnHead
from qa_toolkit.store import library, lines
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import setup

AUDITS, CASES, ANSWERS, OPEN = 60, 10, 40, 4
ACTIONS_IN_ALL, UPDATES, PLANS = 2500, 8, 60
KINDS = ("police", "health", "education", "youth-justice", "childrens-social-care")

BEGAN = datetime(2016, 11, 1, 9, 0, tzinfo=UTC)


def ten_years(root: Path) -> Workspace:
    """The workspace, whole."""
    workspace = people(root)
    template, source = library.load("child-exploitation-case-file")
    workspace.keep_template(template, source)
    questions = [question.id for question in template.questions.values()]
    for number in range(AUDITS):
        _audit(workspace, number, template.digest, questions)
    plans(workspace)
    return workspace


def people(root: Path) -> Workspace:
    """The workspace with its agencies and people only."""
    first = Person(id=COORDINATOR, name="C. Ordinator", roles=(Role.COORDINATOR,))
    workspace = setup.make_workspace(root, "Ten years", first=first, now=BEGAN)
    for kind in KINDS:
        setup.add_agency(workspace, kind, kind.capitalize(), kind, by=COORDINATOR, now=BEGAN)
        setup.add_person(workspace, f"a.auditor@{kind}", f"A. Auditor of {kind}", by=COORDINATOR, now=BEGAN)
    return workspace


Line = tuple[datetime, list[Any]]


def plans(workspace: Workspace) -> None:
    """The plans of the ten years: each action is proposed, agreed, begun, updated, and nine of ten are closed."""
    found: list[Line] = []
    for number in range(PLANS):
        opened = date(2016, 11, 7) + timedelta(days=number * 60)
        plan = Plan(id=f"AP-{opened.year}-{number:03}", title=f"Plan {number}", source=list(Source)[number % 8],
                    opened=opened)  # fmt: skip
        found.append((_at(opened), [plan]))
    for number in range(ACTIONS_IN_ALL):
        found += _action(number)
    found.sort(key=lambda line: line[0])
    _write(workspace, ACTIONS, [records for _, records in found], [at for at, _ in found])
    with workspace.change(PARTNERSHIP, by=COORDINATOR, did="began the action plans", now=NOW) as change:
        change.put(Kept(id=ACTIONS, since=NOW))


def _at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _action(number: int) -> list[Line]:
    plan = number * PLANS // ACTIONS_IN_ALL
    opened = date(2016, 11, 7) + timedelta(days=plan * 60)
    year, agency, done = opened.year, KINDS[number % len(KINDS)], number % 10 != 0 and number < ACTIONS_IN_ALL - 60
    id, said = f"A-{year}-{number:04}", f"R-{year}-{number:04}"
    due = opened + timedelta(days=120 + number % 240)
    asked = Recommendation(
        id=said, plan=f"AP-{year}-{plan:03}", raised=opened,
        text=f"Every return home interview of kind {number} should be offered in three days and written up in five.",
    )  # fmt: skip
    action = Action(
        id=id, plan=asked.plan, recommendation=said, owner=f"a.auditor@{agency}", owner_since=opened, agency=agency,
        text=f"Audit ten files of kind {number} for the interview, and brief the teams on what was found there.",
        outcome="Children are listened to after each time that they were missing", measure="9 of 10 files show it",
        themes=("voice", "risk")[: 1 + number % 2], first_due=opened + timedelta(days=100), due=due,
    )  # fmt: skip
    steps = [Deed.AGREE, Deed.START, *((Deed.SUBMIT, Deed.VERIFY, Deed.CLOSE) if done else ())]
    made: list[Line] = [(_at(opened, 10), [asked, action.model_copy(update={"due": action.first_due}), Step(
        id=f"{id}/S01", action=id, deed=Deed.PROPOSE, to=State.PROPOSED, at=_at(opened, 10), by=COORDINATOR,
    )])]  # fmt: skip
    for place, deed in enumerate(steps, start=2):
        at = _at(opened + timedelta(days=place * 3 if place < 4 else 90 + number % 240 + place), 11)
        by = action.owner if deed in (Deed.START, Deed.SUBMIT) else COORDINATOR
        step = Step(id=f"{id}/S{place:02}", action=id, deed=deed, to=MOVES[deed].target, at=at, by=by,
                    reason="Because the group says that it is so.")  # fmt: skip
        made.append((at, [step]))
    for place in range(1, UPDATES + 1):
        at = _at(opened + timedelta(days=10 + place * 10 + number % 7), 12)
        made.append((at, [Update(id=f"{id}/U{place:03}", action=id, at=at, by=action.owner, progress=place * 10,
                                 text=f"Looked at {place} more files with the team, and wrote it down.")]))  # fmt: skip
    day = opened + timedelta(days=80)
    made.append((_at(day), [Evidence(id=f"{id}/E01", action=id, kind=EvidenceKind.DIP_SAMPLE, pointer="Dip sample, v2",
                                     on=day, added_by=action.owner, added=day)]))  # fmt: skip
    changed = DateChange(id=f"{id}/D01", action=id, old=action.first_due, new=due, reason="Nobody could be freed",
                         decided_by="QA Group", on=day)  # fmt: skip
    made.append((_at(day, 10), [action, changed]))
    return [line for line in made if line[0] <= NOW]


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


def _write(workspace: Workspace, name: str, rows: list[list[Any]], moments: list[datetime] | None = None) -> None:
    path = workspace.folder.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    prev = lines.GENESIS
    with path.open("wb") as file:
        for seq, records in enumerate(rows, start=1):
            puts = [r if isinstance(r, tuple) else (r.table, r.id, r.document()) for r in records]
            raw, line = lines.build(
                seq=seq, prev=prev, at=moments[seq - 1] if moments else NOW + timedelta(seconds=seq), by=COORDINATOR,
                did="recorded", why=None, salt=b"sixteen bytes ok", puts=puts,
            )  # fmt: skip
            prev = line.hash
            file.write(raw)
