"""A real terminal, and no key but those printed on it: one police return of the exploitation audit, sent in.

At 80x24 only, where the least can be seen: a drive takes about 25 seconds. `python tests/drive_police_return.py` does
the same at any size.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from drive_police_return import drive

from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.template.questions import Purpose
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, drafts, setup

BOSS = "co@business-unit"


def test_a_police_return_is_scored_and_sent_in_by_the_keys_on_the_screen(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    today = now.date()
    first = Person(id=BOSS, name="Co", roles=(Role.COORDINATOR,))
    at = setup.make_workspace(tmp_path / "w", "Northshire", first=first, now=now)
    setup.add_agency(at, "police", "Police", "police", by=BOSS, now=now)
    setup.add_person(at, "a.auditor@police", "A. Auditor", by=BOSS, now=now)
    template, source = library.load("child-exploitation-case-file")
    due = today + timedelta(days=10)
    audits.open_audit(at, "CE-2026-01", "CE", template, source, agencies=["police"], due=due, opened=today, by=BOSS,
                      now=now)  # fmt: skip
    audits.add_case(at, "CE-2026-01", facts={"missing_episodes": 3}, by=BOSS, now=now, today=today)
    at.close()
    count, _keys, _seconds = drive(tmp_path / "w", size="80x24")
    fresh = Workspace(tmp_path / "w")
    ret = fresh.ret("CE-2026-01-C01-POLICE")
    scored = [q.id for _, q in template.asked("police") if q.purpose is Purpose.SCORED]
    assert count >= len(scored) >= 28
    assert ret.round == 1
    assert ret.submission is not None
    assert not ret.submission.nil
    assert [id for id in scored if id not in ret.answers or not ret.answers[id].answered] == []
    wanting = [q.id for _, q in template.asked("police") if q.id in ret.answers and q.evidence.rule == "required"]
    assert wanting
    assert [id for id in wanting if "Crime log 12" not in ret.answers[id].evidence] == []
    assert ret.submission.safe == "yes"
    assert set(ret.declarations) == {"start", "submission-1"}
    assert drafts.kept(fresh, ret.id) == [], "what was recorded leaves no draft behind"
