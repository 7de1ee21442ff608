"""`qa --version` and `qa --help` as whole processes, against `python -c pass`."""

from __future__ import annotations

import sys

from measure import machine, paired_ms, process, report


def main() -> None:
    """Print both ratios."""
    print(machine())
    bare = process([sys.executable, "-c", "pass"])
    qa = [sys.executable, "-c", "import sys; from qa_toolkit.cli import main; sys.exit(main())"]
    for words, budget in (("--version", 2.0), ("--help", 4.0)):
        deed = process([*qa, words])
        deed()
        report(f"qa {words}", *paired_ms(deed, bare, 25), budget, "python -c pass")


if __name__ == "__main__":
    main()
