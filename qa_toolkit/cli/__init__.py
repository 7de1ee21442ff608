"""The command-line face. `--version` and `--help` are answered before anything else is loaded."""

from __future__ import annotations

import sys

from qa_toolkit.cli.streams import make_ready, refused


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    make_ready()
    try:
        code = _answer(sys.argv[1:] if argv is None else argv)
        # Here, where a refusal can still be said: Python would do it while it shuts down.
        sys.stdout.flush()
        return code
    except OSError as fault:
        return refused(fault)


def _answer(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from qa_toolkit import __version__

        sys.stdout.write(f"qa-toolkit {__version__}\n")
        return 0
    if arguments in (["--help"], ["-h"], ["help"]):
        from qa_toolkit.cli.table import overview

        sys.stdout.write(overview())
        return 0
    # argparse and what a command needs load here: 20 ms that the two above do not pay.
    from qa_toolkit.cli.run import run

    return run(arguments)
