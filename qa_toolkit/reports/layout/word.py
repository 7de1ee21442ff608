"""A paper as a Word document: the one way in which the toolkit makes one.

How it looks is a Word file that the partnership may change in Word. A file of the same name in the workspace's folder
`word_templates/` is used instead of the shipped one. What may stand in it: `FIELDS`, in double braces, and
`{{ content }}` alone in a paragraph, where the paper's parts go.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from qa_toolkit.domain.errors import NotFound
from qa_toolkit.reports.layout.document import Document

PAPER: Final = "paper.docx"
FOLDER: Final = "word_templates"
FIELDS: Final = ("title", "subtitle", "marking", "as_at", "version", "head", "author", "audience", "content")


def word_template(workspace: Path | None = None, name: str = PAPER) -> Path:
    """The workspace's own Word template of that name if there is one, else the shipped one.

    Raises:
        NotFound: The installation lacks it.
    """
    if workspace is not None and (own := workspace / FOLDER / name).is_file():
        return own
    shipped = Path(__file__).parent / FOLDER / name
    if not shipped.is_file():
        raise NotFound(f"The Word template {name} is missing from this installation: install the toolkit again.")
    return shipped


def write_word(document: Document, out: Path, *, now: datetime, workspace: Path | None = None) -> None:
    """Write the paper to `out`, whole or not at all, replacing what is there.

    `workspace` is the workspace's folder, for its own Word template; `now` is written down as when it was made.

    Raises:
        InputError: The Word template cannot be used; the sentence says why.
        NotSaved: The disk refused; nothing was left behind.
    """
    # Deferred: python-docx, docxtpl and jinja2 take 0.2 s to import, and most runs make no document.
    from qa_toolkit.reports.layout.word_layout import save
    from qa_toolkit.sheets.whole import written_whole

    template = word_template(workspace)
    with written_whole(out) as part:
        save(document, template, part, now)
