"""Forty audit tools in Excel, written one after the other: forty agencies, two cases each."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from measure import machine, report_ms
from places import COORDINATOR, NOW

from qa_toolkit.domain.people import Person, Role
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.store import library
from qa_toolkit.workflow import audits, setup

AUDIT = "CE-2026-01"
AGENCIES = 40
CASES = 2


def main() -> None:
    """Print how long all of them took; and how many questions each case has."""
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        first = Person(id=COORDINATOR, name="C. Ordinator", roles=(Role.COORDINATOR,))
        workspace = setup.make_workspace(Path(folder) / "place", "Benchmark", first=first, now=NOW)
        agencies = [f"police-{number}" for number in range(1, AGENCIES + 1)]
        for agency in agencies:
            setup.add_agency(workspace, agency, f"Police {agency[7:]}", "police", by=COORDINATOR, now=NOW)
        template, source = library.load("child-exploitation-case-file")
        audits.open_audit(
            workspace, AUDIT, "Benchmark", template, source, due=date(2026, 12, 1), opened=NOW.date(),
            by=COORDINATOR, now=NOW,
        )  # fmt: skip
        for _ in range(CASES):
            audits.add_case(workspace, AUDIT, facts={"missing_episodes": 3}, by=COORDINATOR, now=NOW, today=NOW.date())
        begun = time.perf_counter()
        written = [
            len(write_tool(workspace, AUDIT, agency, Path(folder) / f"{agency}.xlsx", by=COORDINATOR, now=NOW))
            for agency in agencies
        ]
        taken = (time.perf_counter() - begun) * 1000
        workspace.close()
    assert written == [CASES] * AGENCIES
    report_ms(f"{AGENCIES} audit tools, {CASES} cases of {len(template.questions)} questions each", taken, 30_000)


if __name__ == "__main__":
    main()
