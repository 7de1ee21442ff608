"""The rows of an audit tool as they came back, found by their hidden keys, and every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from qa_toolkit.domain.errors import Fault, QAError
from qa_toolkit.exchange.cell_text import cell_text, same_text
from qa_toolkit.exchange.tool_out import KEY
from qa_toolkit.exchange.tool_rows import ANSWER
from qa_toolkit.sheets.reader import Read, Row, Table


class Cells(NamedTuple):
    """One keyed row as it came back."""

    row: Row
    table: Table
    values: dict[str, str]

    def where(self, title: str) -> str:
        """The place of one of its cells, in words."""
        return self.row.where(self.table.column(title))

    def touched(self, answer: str, texts: Mapping[str, str]) -> bool:
        """Whether the answer or a text beside it is not as it went out."""
        shown = {ANSWER: answer, **texts}
        return any(not same_text(text, self.values.get(title, "")) for title, text in shown.items())


class Faults:
    """Every fault, in the order in which they are met."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, cells: Cells, title: str, message: str) -> None:
        """One fault in one cell."""
        self.found.append(Fault(cells.where(title), message))

    def trying(self, cells: Cells, title: str, deed: Callable[[], Any]) -> Any:
        """What the deed gives, or None with the fault that it met."""
        try:
            return deed()
        except QAError as error:
            self.add(cells, title, str(error))
            return None


def keyed_rows(book: Read, faults: Faults) -> dict[str, Cells]:
    """The rows by their keys; one that was added, and copies that say different things, are faults."""
    found: dict[str, Cells] = {}
    for table in book.tables:
        titles = [str(title) for title in table.columns]
        if KEY not in titles:
            continue
        for row in table.rows:
            values = {title: cell_text(value) for title, value in zip(titles, row.values, strict=False)}
            cells = Cells(row, table, values)
            key = values.get(KEY, "").strip()
            if not key:
                if any(text.strip() for text in values.values()):
                    faults.add(cells, KEY, "this row was added: copy its words to the row of the question itself")
                continue
            before = found.get(key)
            if before is not None and before.values != values:
                faults.add(cells, KEY, f"this row stands in {before.where(KEY)} as well, and the two differ")
            found.setdefault(key, cells)
    return found
