"""Standard input, output and error made fit to be used, whatever whoever started the program did with them."""

from __future__ import annotations

import io
import os
import sys


def make_ready() -> None:
    """Take the place of what was closed, and write any letter.

    A number that stands for no open file is given to the next one that is opened: without this a record could become
    the file that messages go to. What is not a terminal is written in UTF-8, so that data is the same on every machine;
    a terminal that lacks a letter shows `?`.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper) or stream.encoding.lower().replace("-", "") == "utf8":
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


def refused(fault: OSError) -> int:
    """Say that the system refused something; the exit code for it.

    Every command answers for its own files. This is for output that cannot be written, and for the file that a disk
    refuses where nothing of the kind was expected.
    """
    from qa_toolkit.cli.exits import NOT_SAVED, OK
    from qa_toolkit.domain.text import visible

    if isinstance(fault, BrokenPipeError):
        _write_no_more()
        return OK
    reason = fault.strerror or str(fault)
    if fault.filename:
        sys.stderr.write(
            f"{visible(str(fault.filename))}: {reason}. Nothing was changed by it. Choose another place, or see that "
            "there is room and that you may write there.\n"
        )
    else:
        sys.stderr.write(
            f"What the command shows could not be written ({reason}): see that there is room where it goes. "
            "What it recorded is in the record; `qa history` shows it.\n"
        )
        _write_no_more()
    return NOT_SAVED


def _write_no_more() -> None:
    """What is left of the output goes nowhere: Python would try it again while it shuts down, and complain."""
    if sys.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
