"""A paper as one HTML file that stands alone: nothing is fetched, nothing runs, and it can be heard as well as seen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from qa_toolkit.domain.text import visible
from qa_toolkit.reports.layout.document import Bullets, Chart, Document, Heading, Note, Paragraph, Part, Picture, Table
from qa_toolkit.reports.layout.fitting import leading, numeric, on_paper, pieces, together, wordy
from qa_toolkit.reports.layout.html_look import STYLE, on_each_page
from qa_toolkit.reports.layout.svg import bars

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may fetch: nothing; pictures are in the file."""
_CONTENTS_FROM: Final = 4
"""Headings of the first level from which a list of contents helps."""


def write_html(document: Document, out: Path) -> None:
    """Write the paper to `out`, whole or not at all, replacing what is there.

    Raises:
        NotSaved: The disk refused; nothing was left behind.
    """
    # Deferred: it belongs to the spreadsheets' room and is wanted only when something is written.
    from qa_toolkit.sheets.whole import written_whole

    with written_whole(out) as part:
        part.write_text(html(document), encoding="utf-8", newline="\n")


def html(document: Document) -> str:
    """The whole page."""
    return "\n".join(_page(document)) + "\n"


def text(typed: str) -> str:
    """Text as people typed it, made harmless, with its new lines; ids and days stay in one line."""
    shown = visible(typed.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
    found = (f'<span class="kept">{escape(piece)}</span>' if kept else escape(piece) for piece, kept in pieces(shown))
    return "".join(found).replace("\n", "<br>\n")


def line(typed: str) -> str:
    """Text for one line or an attribute."""
    return escape(visible(" ".join(typed.split())))


def _page(document: Document) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{line(document.title)} ({line(document.marking)})</title>"
    yield f"<style>\n{STYLE}{on_each_page(document.marking, document.title, f'As at {document.as_at}')}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#text">Skip to the text</a>'
    yield f'<header><p class="marking">{line(document.marking)}</p>'
    yield f"<h1>{line(document.title)}</h1>"
    if document.subtitle:
        yield f'<p class="subtitle">{line(document.subtitle)}</p>'
    yield f'<p class="about">{_about(document)}</p></header>'
    yield from _contents(document)
    yield '<main id="text">'
    for number, (part, leads) in enumerate(leading(document.parts)):
        yield from _part(part, number, leads=leads)
    yield "</main>"
    yield f'<footer><p><strong class="marking">{line(document.marking)}</strong> · {_about(document)}</p></footer>'
    yield "</body>"
    yield "</html>"


def _about(document: Document) -> str:
    facts = [f"For: {line(document.audience)}"] if document.audience else []
    facts += [f"As at {line(document.as_at)}", f"version {line(document.version)}", f"record {line(document.head)}"]
    return " · ".join([*facts, line(document.author)] if document.author else facts)


def _contents(document: Document) -> Iterator[str]:
    places = [(n, p) for n, p in enumerate(document.parts) if isinstance(p, Heading) and p.level == 1]
    if len(places) < _CONTENTS_FROM:
        return
    yield '<nav aria-label="Contents"><ol>'
    for number, heading in places:
        yield f'<li><a href="#part-{number}">{line(heading.text)}</a></li>'
    yield "</ol></nav>"


def _part(part: Part, number: int, *, leads: bool) -> Iterator[str]:
    kept = ' class="leads"' if leads else ""
    match part:
        case Heading(words, level):
            yield f'<h{level + 1} id="part-{number}">{line(words)}</h{level + 1}>'
        case Paragraph(words):
            yield f"<p{kept}>{text(words)}</p>"
        case Note(words):
            yield f'<div class="note" role="note"><p>{text(words)}</p></div>'
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li>{text(item)}</li>" for item in items)
            yield "</ul>"
        case Picture():
            yield _picture(part)
        case Table():
            yield from _table(part)
        case Chart():
            yield f'<figure><figcaption>{line(part.title)} <span class="unit">({line(part.unit)})</span></figcaption>'
            yield bars(part)
            yield "</figure>"


def _picture(picture: Picture) -> str:
    # Deferred: few papers hold a picture.
    from base64 import b64encode

    kind = "png" if picture.data.startswith(b"\x89PNG") else "jpeg"
    data = b64encode(picture.data).decode("ascii")
    source, style = f"data:image/{kind};base64,{data}", f"width:{picture.width_cm:g}cm"
    return f'<figure><img alt="{line(picture.alternative)}" style="{style}" src="{source}"></figure>'


def _table(table: Table) -> Iterator[str]:
    name = line(table.caption) or line(", ".join(table.header))
    looks = [look for look, so in (("words", wordy(table)), ("together", together(table))) if so]
    kinds = f' class="{" ".join(looks)}"' if looks else ""
    # A row that a narrow screen shows as a block is a row to those who hear it only if it says so.
    roles = wordy(table)
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table{kinds}{_role("table", roles)}>'
    # With a heading above it, the caption is for those who hear the page; so are the names of the columns.
    yield f'<caption class="heard">{name}</caption>'
    numbers, widths = numeric(table), on_paper(table)
    shares = [100 * width / sum(widths) for width in widths]
    yield "<colgroup>" + "".join(f'<col style="width:{share:.1f}%">' for share in shares) + "</colgroup>"
    columns = zip(table.header, numbers, strict=True)
    head = (
        f'<th scope="col"{_role("columnheader", roles)}{_class(right)}>{text(title)}</th>' for title, right in columns
    )
    row, group = _role("row", roles), _role("rowgroup", roles)
    yield f"<thead{group}><tr{row}>{''.join(head)}</tr></thead>"
    yield f"<tbody{group}>"
    for cells in table.rows:
        found = (_cell(table, place, cell, right=numbers[place], roles=roles) for place, cell in enumerate(cells))
        yield f"<tr{row}>{''.join(found)}</tr>"
    yield "</tbody></table></div>"


def _cell(table: Table, place: int, cell: str, *, right: bool, roles: bool) -> str:
    tone = table.tones.get(cell)
    shown = f'<span class="tone {tone.value}">{text(cell)}</span>' if tone is not None else text(cell)
    # The first cell names its row, unless it is empty: an empty header names nothing.
    if not place and cell.strip():
        return f'<th scope="row"{_role("rowheader", roles)}{_class(right)}>{shown}</th>'
    # Where rows are blocks, the name of the column stands before each cell; to the ear it is the header already.
    named = f' data-name="{line(table.header[place])}"' if roles else ""
    return f"<td{_role('cell', roles)}{_class(right)}{named}>{shown}</td>"


def _class(right: bool) -> str:
    return ' class="number"' if right else ""


def _role(name: str, said: bool) -> str:
    return f' role="{name}"' if said else ""
