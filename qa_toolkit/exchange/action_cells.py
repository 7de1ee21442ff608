"""The cells of one action as they came back: each as text with its place, and the open ones as what they mean.

A row that was copied stands beside its original: of several texts each counts, of a day or a percentage the one that
differs from what was sent. A cell that cannot be read is put among the differences, with its place and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from qa_toolkit.domain.action_sheet import VIEWS, Difference, Proof, Verdict
from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.records import EvidenceKind
from qa_toolkit.domain.text import MAX_TEXT, clean
from qa_toolkit.exchange.action_rows import (
    CLOSE,
    FIELDS,
    POINTER,
    PROGRESS,
    PROOF_DAY,
    PROOF_KIND,
    VIEW,
    YES,
)
from qa_toolkit.exchange.cell_text import cell_text, same_text
from qa_toolkit.sheets.cells import MOST_IN_A_CELL, fit
from qa_toolkit.sheets.reader import CellValue, Row

_AMBIGUOUS: Final = "two copies of the row say different things here"


def in_parts(text: str, limit: int = MAX_TEXT) -> Iterable[str]:
    """The text in as few parts as can be kept, each ending with a line, else a word, where there is one."""
    while len(text) > limit:
        room = text[: limit + 1]
        end = max(room.rfind("\n"), 0) or max(room.rfind(" "), 0) or limit
        yield text[:end].rstrip()
        text = text[end:].strip()
    yield text


class Came(NamedTuple):
    """One keyed row as it came back."""

    row: Row
    places: dict[str, int]
    """Titles and where in the row they stand."""
    formulas: Mapping[str, str]
    """Titles under which a formula stands, with the formula."""

    def value(self, title: str) -> CellValue:
        """What stands under a title; None for an empty cell or a column that is gone."""
        place = self.places.get(title)
        return self.row.values[place] if place is not None and place < len(self.row.values) else None

    def text(self, title: str) -> str:
        """The same as text, with the ends of lines as they are kept; a formula as it was typed, not what came of it."""
        if title in self.formulas:
            return self.formulas[title]
        return cell_text(self.value(title)).replace("\r\n", "\n").replace("\r", "\n")

    def where(self, title: str) -> str:
        """The place in words."""
        return self.row.where(self.places.get(title, 0))


class Cells:
    """The open cells of one action, read; what cannot be read is put among the differences."""

    def __init__(self, action: str, rows: list[Came], differences: list[Difference]) -> None:
        self.action, self.rows, self._differences = action, rows, differences
        self.unread: set[str] = set()

    def gone(self, title: str) -> bool:
        """Whether the column is not there any more; then everything counts as it was sent."""
        return not any(title in one.places for one in self.rows)

    def fault(self, one: Came, title: str, why: str) -> None:
        """Say that a cell is not taken."""
        self.unread.add(title)
        self._differences.append(
            Difference(self.action, FIELDS[title], "", f"{title}: {one.text(title)}", "", Verdict.REFUSED,
                       f"{one.where(title)}: {why}")
        )  # fmt: skip

    def filled(self, title: str, limit: int = MAX_TEXT) -> list[tuple[Came, str]]:
        """The rows in which something stands under a title, with it; a formula and what cannot be kept are named."""
        found = []
        for one in self.rows:
            if title in one.formulas:
                formula = (
                    "it holds a formula, which is not worked out here: type what it says, with an apostrophe first."
                )
                self.fault(one, title, formula)
                continue
            try:
                text = clean(one.text(title), limit=limit).strip()
            except QAError as error:
                self.fault(one, title, str(error))
                continue
            if text:
                found.append((one, text))
        return found

    def texts(self, title: str) -> list[str]:
        """Every different text; one that is longer than can be kept in several, so that none of it is lost."""
        whole = (text for _, text in self.filled(title, MOST_IN_A_CELL))
        return list(dict.fromkeys(part for text in whole for part in in_parts(text)))

    def one_text(self, title: str, sent: str) -> str:
        """The one text that differs from what was sent, else what was sent."""
        if self.gone(title):
            return sent
        found = self.filled(title)
        if not found:
            return ""
        # A cell that could not hold all of it went out cut, with a mark; that is no change.
        shown = fit(sent)[0]
        other = {text: one for one, text in found if not same_text(shown, text)}
        if len(other) > 1:
            self.fault(list(other.values())[-1], title, f"{_AMBIGUOUS}.")
            return sent
        return next(iter(other), sent)

    def day(self, title: str, sent: date | None) -> date | None:
        """The one day that differs from what was sent; None for an empty cell."""
        if self.gone(title):
            return sent
        found: dict[date, Came] = {}
        filled = self.filled(title)
        for one, text in filled:
            try:
                found[parse_date(text)] = one
            except QAError as error:
                self.fault(one, title, str(error))
        if not filled:
            return None
        other = {day: one for day, one in found.items() if day != sent}
        if len(other) > 1:
            self.fault(list(other.values())[-1], title, f"{_AMBIGUOUS}.")
        return next(iter(other), sent) if len(other) == 1 else sent

    def percent(self, sent: int | None) -> int | None:
        """The percentage; None for an empty cell."""
        if self.gone(PROGRESS):
            return sent
        filled = self.filled(PROGRESS)
        found: dict[int, Came] = {}
        for one, text in filled:
            value = one.value(PROGRESS)
            if isinstance(value, float) and 0 < value < 1 and round(value * 100, 6).is_integer():
                number = round(value * 100)  # 45% as a sheet keeps it
            else:
                digits = text.removesuffix("%").strip()
                number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else -1
            if 0 <= number <= 100:
                found[number] = one
            else:
                self.fault(one, PROGRESS, "write a whole number from 0 to 100.")
        if not filled:
            return sent if PROGRESS in self.unread else None
        other = {number: one for number, one in found.items() if number != sent}
        if len(other) > 1:
            self.fault(list(other.values())[-1], PROGRESS, f"{_AMBIGUOUS}.")
        return next(iter(other)) if len(other) == 1 else sent

    def view(self, sent: str) -> str | None:
        """The owner's own view; None for an empty cell."""
        known = {words.casefold(): says for words, says in VIEWS.items()}
        known |= {says: says for says in VIEWS.values() if says}
        found: dict[str, Came] = {}
        for one, text in self.filled(VIEW):
            says = known.get(" ".join(text.casefold().split()))
            if says is None:
                better = "An owner may say that it is worse, never that it is better: pick one from the list."
                self.fault(one, VIEW, better)
            elif says != sent:
                found[says] = one
        if len(found) > 1:
            self.fault(list(found.values())[-1], VIEW, f"{_AMBIGUOUS}.")
        return next(iter(found)) if len(found) == 1 else None

    def proofs(self) -> Iterable[Proof]:
        """Evidence, a piece for each line of the cell."""
        kinds = {kind.label.casefold(): kind for kind in EvidenceKind}
        pointers = self.filled(POINTER)
        alone = {id(one) for one, _ in pointers}
        words, days = self.filled(PROOF_KIND), self.filled(PROOF_DAY)
        for title, cells in ((PROOF_KIND, words), (PROOF_DAY, days)):
            for one, _ in cells:
                if id(one) not in alone:
                    self.fault(one, title, f"there is nothing under “{POINTER}” that it could belong to.")
        seen: set[str] = set()
        for one, text in pointers:
            kind = next((text for other, text in words if other is one), "")
            day = next((text for other, text in days if other is one), "")
            if kind and kind.casefold() not in kinds:
                self.fault(one, PROOF_KIND, "it is none of the list, so the evidence is not taken.")
                continue
            try:
                on = parse_date(day) if day else None
            except QAError as error:
                self.fault(one, PROOF_DAY, f"{error} The evidence is not taken.")
                continue
            for pointer in (line.strip() for line in text.split("\n")):
                if pointer and pointer not in seen:
                    seen.add(pointer)
                    yield Proof(pointer, kinds.get(kind.casefold(), EvidenceKind.OTHER), on)

    def close(self, sent: bool) -> bool:
        """Whether closure is asked for."""
        if self.gone(CLOSE):
            return sent
        answers = set()
        for one, text in self.filled(CLOSE):
            word = text.casefold()
            if word in (YES.casefold(), "y", "no", "n", "not yet"):
                answers.add(word.startswith("y"))
            else:
                self.fault(one, CLOSE, f"write {YES}, or leave it empty.")
        return sent if CLOSE in self.unread else True in answers
