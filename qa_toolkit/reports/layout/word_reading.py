"""The words of a Word document that came back, by the heading they stand under. Nothing in it is run or followed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final, NamedTuple

from qa_toolkit.domain.errors import InputError, NotFound

_LARGEST: Final = 50_000_000
"""Bytes of a document, unpacked: a report of a few pages and its pictures are far below."""


class Read(NamedTuple):
    """What stands in it."""

    record: str
    """The code of the record that it was made from, as its properties keep it."""
    paragraphs: list[tuple[str, str]]
    """(heading above, text), in order; headings are not among them."""
    tables: list[list[list[str]]]
    """Each table's rows of cells, the header first."""


def read_word(file: Path) -> Read:
    """What stands in a Word document.

    Raises:
        NotFound: It is not there.
        InputError: It is no Word document, or unpacks to far more than one holds.
    """
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    # Deferred: python-docx takes 0.1 s to import.
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        with zipfile.ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise InputError(f"{file.name} unpacks to more than {_LARGEST:,} bytes: no report is so large.")
            if any(b"<!DOCTYPE" in parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels"))):
                raise InputError(f"{file.name} holds declarations that no Word document has.")
        document = docx.Document(str(file))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise InputError(f"{file.name} is no Word document (.docx) that can be read.") from fault
    found = Read(document.core_properties.identifier or "", [], [])
    under = document.core_properties.title or file.name
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            style = part.style.name if part.style is not None else ""
            if style and style.startswith("Heading"):
                under = part.text
            elif part.text.strip() and style not in ("Title", "Subtitle"):
                found.paragraphs.append((under, part.text))
        elif isinstance(part, Table):
            columns = len(part.columns) or 1
            cells = [cell.text for cell in part._cells]
            found.tables.append([cells[at : at + columns] for at in range(0, len(cells), columns)])
    return found
