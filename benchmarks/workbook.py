"""The worked example's finished audit as a workbook, as a whole process."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import machine, median_ms, process, report_ms
from places import NOW

from qa_toolkit.example.build import build


def main() -> None:
    """Print the median."""
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = Path(folder) / "example"
        workspace = build(root, now=NOW)
        audit = next(id for id in workspace.audits() if id.startswith("CE-"))
        workspace.close()
        qa = [sys.executable, "-m", "qa_toolkit", "--workspace", str(root), "--as", "c.oakenby@business-unit"]
        out = str(Path(folder) / "audit.xlsx")
        deed = process([*qa, "export", "workbook", "--audit", audit, "--force", out])
        deed()
        report_ms(f"workbook of {audit}, whole process", median_ms(deed, 7), 3000)


if __name__ == "__main__":
    main()
