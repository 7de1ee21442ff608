"""A paper written in the format that its file's name asks for: .docx, .html, .pdf or .txt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from qa_toolkit.domain.errors import InputError
from qa_toolkit.reports.layout.document import Document

FORMATS: Final = (".docx", ".html", ".pdf", ".txt")


def check_format(out: Path, *, replace: bool) -> None:
    """That the file can be written: its name ends as it must, and nothing is there that is not to be replaced.

    Raises:
        InputError: It cannot.
    """
    if out.suffix.lower() not in FORMATS:
        raise InputError(f"{out.name} ends in none of {', '.join(FORMATS)}: give the paper a name that does.")
    if out.exists() and not replace:
        raise InputError(f"{out} is there already. Choose another name, or add --force to replace it.")


def write_paper(document: Document, out: Path, *, now: datetime, workspace: Path | None = None) -> None:
    """Write the paper to `out`, whole or not at all; `workspace` is the folder of the partnership's Word templates.

    Raises:
        InputError: The format is none of these, the Word template cannot be used, or a PDF needs the extra.
        NotSaved: The disk refused; nothing was left behind.
    """
    # Each is loaded when it is wanted: Word's libraries take 0.2 s to import.
    match out.suffix.lower():
        case ".docx":
            from qa_toolkit.reports.layout.word import write_word

            write_word(document, out, now=now, workspace=workspace)
        case ".html":
            from qa_toolkit.reports.layout.html import write_html

            write_html(document, out)
        case ".pdf":
            from qa_toolkit.reports.layout.pdf import write_pdf

            write_pdf(document, out, now=now)
        case ".txt":
            from qa_toolkit.reports.layout.plain import plain_text
            from qa_toolkit.sheets.whole import written_whole

            with written_whole(out) as part:
                part.write_text(plain_text(document), encoding="utf-8", newline="\n")
        case _:
            check_format(out, replace=True)
