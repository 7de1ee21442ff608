"""The Business Group's workbook of 250 actions and 40 findings, and all packs of a meeting, as whole processes."""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from measure import machine, median_ms, process, report_ms
from places import NOW

from qa_toolkit.domain.findings import FindingKind
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.example.build import build
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import findings
from qa_toolkit.workflow.plans import actions, moving, plans, progress

BOSS = "c.oakenby@business-unit"
ACTIONS, FINDINGS = 250, 40


def filled(root: Path) -> None:
    """The worked example with so many actions under way, each with three updates, and so many findings."""
    workspace: Workspace = build(root, now=NOW)
    now, audit = NOW, next(iter(workspace.audits()))
    agencies = [id for id in workspace.agencies() if id != "business-unit"]
    plan = plans.open_plan(workspace, "Review", Source.REVIEW, by=BOSS, now=now, today=now.date())
    ids = []
    for number in range(ACTIONS):
        made = actions.propose(
            workspace, plan.id, f"Audit the files of team {number} for the return home interview",
            due=now.date() + timedelta(days=number - 40), agency=agencies[number % len(agencies)],
            owner_role="Head of service", measure="9 of 10 files show it", by=BOSS, now=now, today=now.date(),
        )  # fmt: skip
        ids.append(made.id)
    moving.move(workspace, Deed.AGREE, ids, by=BOSS, now=now, today=now.date())
    for step in range(3):
        progress.update(
            workspace, ids, f"Step {step} of three is done; the rest is under way.", progress=30 * step, by=BOSS,
            now=now, today=now.date(),
        )  # fmt: skip
    have = len(list(findings.everywhere(workspace)))
    for number in range(FINDINGS - have):
        findings.raise_finding(
            workspace, audit, FindingKind.DEVELOP, f"Screens come late in part {number} of the county.", by=BOSS,
            now=now, today=now.date(),
        )  # fmt: skip
    workspace.close()


def main() -> None:
    """Print the medians."""
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = Path(folder) / "example"
        filled(root)
        qa = [sys.executable, "-m", "qa_toolkit", "--workspace", str(root), "--as", BOSS, "report"]
        workbook = [*qa, "business-group", str(Path(folder) / "actions.xlsx"), "--since", "2026-01-05", "--force"]
        deed = process(workbook)
        deed()
        report_ms(f"workbook of {ACTIONS} actions and {FINDINGS} findings, whole process", median_ms(deed, 7), 1000)
        papers = [
            process([*qa, word, str(Path(folder) / f"{word}.{ending}"), "--since", "2026-01-05", "--force"])
            for word, ending in (("qa-group", "docx"), ("qa-group", "html"), ("main-board", "docx"))
        ]

        def meeting() -> None:
            deed()
            for one in papers:
                one()

        meeting()
        report_ms("all packs of a meeting, four processes", median_ms(meeting, 3), 10_000)


if __name__ == "__main__":
    main()
