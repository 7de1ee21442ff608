"""Exit codes, in one table; docs/commands.md prints it."""

from __future__ import annotations

from qa_toolkit.domain.errors import (
    Damaged,
    InputError,
    NoWorkspace,
    QAError,
    SheetError,
    Stale,
    StoreError,
    TemplateError,
    TooNew,
)

OK = 0
DAMAGE = 1
USAGE = 2
REFUSED = 3
FILE = 4
STALE = 5
NO_WORKSPACE = 6
NOT_SAVED = 7
STOPPED = 130

MEANINGS: dict[int, str] = {
    OK: "done",
    DAMAGE: "a file of the workspace is damaged, missing or not what was written",
    USAGE: "the command line was not understood",
    REFUSED: "what was typed cannot be taken as it is; the sentence says what can",
    FILE: "a template or workbook that was handed in has faults; all are listed",
    STALE: "somebody else changed the same thing first",
    NO_WORKSPACE: "there is no workspace here, or a newer version made it",
    NOT_SAVED: "the disk or another program stood in the way; nothing was recorded",
    STOPPED: "stopped at the keyboard",
}


def code_for(error: QAError) -> int:
    """The exit code for a refusal."""
    table: tuple[tuple[type[QAError], int], ...] = (
        (Damaged, DAMAGE),
        (NoWorkspace, NO_WORKSPACE),
        (TooNew, NO_WORKSPACE),
        (StoreError, NOT_SAVED),
        (Stale, STALE),
        (TemplateError, FILE),
        (SheetError, FILE),
        (InputError, REFUSED),
    )
    return next((code for kind, code in table if isinstance(error, kind)), REFUSED)
