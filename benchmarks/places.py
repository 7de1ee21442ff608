"""Workspaces for the benchmarks: made through the verbs where that is quick enough, by lines where it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow import audits, returns, setup, starting

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
COORDINATOR = "c.ordinator@business-unit"
AUDITOR = "a.auditor@police"


def small(root: Path, template_id: str = "child-exploitation-case-file") -> tuple[Workspace, str]:
    """A workspace with one audit, one case and the police's return, started and declared; and the return's id."""
    first = Person(id=COORDINATOR, name="C. Ordinator", roles=(Role.COORDINATOR,))
    workspace = setup.make_workspace(root, "Benchmark", first=first, now=NOW)
    setup.add_agency(workspace, "police", "Police", "police", by=COORDINATOR, now=NOW)
    setup.add_person(workspace, AUDITOR, "A. Auditor", by=COORDINATOR, now=NOW)
    template, source = library.load(template_id)
    audits.open_audit(
        workspace, "CE-2026-01", "Benchmark", template, source, due=date(2026, 12, 1), opened=NOW.date(),
        by=COORDINATOR, now=NOW,
    )  # fmt: skip
    case = audits.add_case(
        workspace, "CE-2026-01", facts={"missing_episodes": 3}, by=COORDINATOR, now=NOW, today=NOW.date()
    )
    return_id = f"{case.id}-POLICE"
    starting.start(workspace, return_id, by=AUDITOR, now=NOW, today=NOW.date())
    returns.declare(workspace, return_id, Relation.NONE, by=AUDITOR, now=NOW)
    return workspace, return_id


def fill(workspace: Workspace, return_id: str, answers: int) -> None:
    """Put that many more answers on a return's file, in lines of a thousand, past the verb's checks.

    The questions are invented ones, so that the file grows as it would over many years; the verb under measurement is
    called afterwards, with all its checks.
    """
    journal = workspace.shelf(return_journal(return_id)).journal
    document = {"values": {"answer": "yes"}, "comment": "As it was." * 3, "evidence": "Log 12"}
    done = 0
    while done < answers:
        now = NOW + timedelta(seconds=done)
        with journal.event(by=AUDITOR, did="answered", now=now) as event:
            for number in range(done, min(done + 1000, answers)):
                event.put("archive", f"OLD-{number}", document)
        done += 1000
