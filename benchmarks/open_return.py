"""Opening one return of the exploitation template with every question answered: read, verified, typed."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from measure import machine, median_ms, report_ms
from places import AUDITOR, NOW, small

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import returns


def main() -> None:
    """Print the median."""
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        workspace, return_id = small(Path(folder) / "workspace")
        template = workspace.template_of(return_id)
        for number, (_, question) in enumerate(template.asked("police")):
            if question.purpose == "auditors_grade" or not question.missing:
                continue
            answer = Answer(id=question.id, missing=Missing(question.missing[-1]), comment="Seen in the log. " * 8)
            now = NOW + timedelta(minutes=number)
            returns.answer(workspace, return_id, answer, seen=None, by=AUDITOR, now=now)
        workspace.close()
        opened = Workspace(workspace.root)
        opened.audit("CE-2026-01")
        opened.template_of(return_id)
        name = f"audits/CE-2026-01/returns/{return_id}"

        def deed() -> None:
            opened._shelves.pop(name, None)
            opened.ret(return_id)

        report_ms("opening a return", median_ms(deed, 200), 5)


if __name__ == "__main__":
    main()
