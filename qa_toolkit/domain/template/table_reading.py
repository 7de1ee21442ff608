"""A checked template from rows of a table; faults name the cell as a spreadsheet does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from qa_toolkit.domain.errors import Fault, TemplateError
from qa_toolkit.domain.template.faults import did_you_mean, shown
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.reading import build
from qa_toolkit.domain.template.shape import Loc, slug
from qa_toolkit.domain.template.table_cells import (
    answer_type,
    evidence,
    key_of,
    listed,
    options_of,
    pairs,
    put_options,
)

COLUMNS: Final = (
    "Section", "Question id", "Question", "Agencies", "Answer type", "Options", "Guidance", "Evidence", "Look for",
    "Limiting", "Purpose",
)  # fmt: skip
"""Headings of the table of questions; all but Section, Question and Answer type may be left out."""
FACTS: Final = ("Id", "Title", "Edition", "Status", "Issued", "Owner", "Kind", "Subject", "Summary", "Agencies")
"""Names of the facts about the template; Agencies as `police = Police; health = Health`."""
QUESTIONS_SHEET: Final = "Questions"
FACTS_SHEET: Final = "Template"
_NEEDED: Final = ("Section", "Question", "Answer type")
# Key in the template → heading under which it stands.
_HEADINGS: Final[Mapping[str, str]] = {
    "id": "Question id", "text": "Question", "agencies": "Agencies", "parts": "Answer type", "guidance": "Guidance",
    "evidence": "Evidence", "look_for": "Look for", "limits": "Limiting", "purpose": "Purpose",
    "raises_concern": "Purpose",
}  # fmt: skip
_PART_HEADINGS: Final = {"options": "Options", "standard": "Options", "min": "Options", "max": "Options"}

Row = Sequence[Any]


def template_from_rows(rows: Sequence[Row], name: str, facts: Sequence[Row]) -> Template:
    """The checked template of a table; `rows` and `facts` begin with row 1 of their sheets.

    Raises:
        TemplateError: `faults` names sheet and cell of each.
    """
    table = _Table(rows, facts)
    raw = table.read()
    if not table.faults:
        built = build(raw)
        if built.template is not None and not built.found:
            return built.template
        table.faults += [Fault(table.cell(one.loc), one.message) for one in built.found]
    faults = list(dict.fromkeys(table.faults))
    count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
    raise TemplateError(f"{name} has {count}.", faults)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _column_letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Table:
    """One reading of the two tables, with what is needed to lead a fault back to its cell."""

    def __init__(self, rows: Sequence[Row], facts: Sequence[Row]) -> None:
        self.faults: list[Fault] = []
        self._rows = [[_text(cell) for cell in row] for row in rows]
        self._facts = [[_text(cell) for cell in row] for row in facts]
        self._columns: dict[str, int] = {}
        self._fact_rows: dict[str, int] = {}
        self._question_rows: dict[tuple[int, int], int] = {}

    def cell(self, loc: Loc) -> str:
        """The sheet and cell of a place in the template."""
        if len(loc) >= 2 and loc[0] == "sections":
            section, question = int(loc[1]), int(loc[3]) if len(loc) > 3 and loc[2] == "questions" else 0
            row = self._question_rows.get((section, question), 1)
            key = str(loc[4]) if len(loc) > 4 else ("id" if len(loc) == 4 else "")
            heading = _HEADINGS.get(key, "Section")
            if key == "parts":
                heading = next((_PART_HEADINGS[one] for one in loc if one in _PART_HEADINGS), heading)
            return self._at(row, heading)
        fact = next((name for name in FACTS if loc and slug(name) == loc[0]), "Title")
        return f"sheet {FACTS_SHEET}, cell B{self._fact_rows.get(fact, 1)}"

    def read(self) -> dict[str, Any]:
        """The tables as tomllib would have read them."""
        identity = self._identity()
        agencies = pairs(identity.pop("agencies", ""))
        raw: dict[str, Any] = {"template": identity, "sections": []}
        for number, row in self._questions():
            self._put(raw["sections"], row, number, agencies)
        if not raw["sections"] and not self.faults:
            self.faults.append(Fault(f"sheet {QUESTIONS_SHEET}", "There is no question in the table."))
        raw["agencies"] = agencies
        return raw

    def _at(self, row: int, heading: str) -> str:
        return f"sheet {QUESTIONS_SHEET}, cell {_column_letter(self._columns.get(heading, 0))}{row}"

    def _identity(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        names = {key_of(name): name for name in FACTS}
        for number, row in enumerate(self._facts, 1):
            label, value = [*row, "", ""][:2]
            if not label or (number == 1 and key_of(label) in ("fact", "key", "name")):
                continue
            name = names.get(key_of(label))
            if name is None:
                words = f"{shown(label)} is not a fact about a template.{did_you_mean(label, FACTS)}"
                self.faults.append(Fault(f"sheet {FACTS_SHEET}, cell A{number}", words))
                continue
            self._fact_rows[name] = number
            if value:
                found[slug(name)] = value
        for key in ("kind", "subject", "status"):
            if key in found:
                found[key] = slug(found[key])
        title = str(found.get("title", ""))
        return {"id": slug(title).replace("_", "-"), "edition": "0.1", "status": "draft", "kind": "case_file",
                "subject": "child"} | found  # fmt: skip

    def _questions(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row that holds anything, by heading, with its number in the sheet."""
        start = next((i for i, row in enumerate(self._rows) if any(row)), None)
        if start is None:
            self.faults.append(Fault(f"sheet {QUESTIONS_SHEET}, cell A1", "The table is empty: put headings in row 1."))
            return
        names = {key_of(name): name for name in COLUMNS}
        for index, heading in enumerate(self._rows[start]):
            name = names.get(key_of(heading))
            if name:
                self._columns[name] = index
            elif heading:
                where = f"sheet {QUESTIONS_SHEET}, cell {_column_letter(index)}{start + 1}"
                unknown = f"{shown(heading)} is not a heading of the table.{did_you_mean(heading, COLUMNS)}"
                self.faults.append(Fault(where, unknown))
        missing = [name for name in _NEEDED if name not in self._columns]
        if missing:
            words = f"The table has no column {' and no column '.join(missing)}: add it to the headings."
            self.faults.append(Fault(f"sheet {QUESTIONS_SHEET}, row {start + 1}", words))
            return
        for number, row in enumerate(self._rows[start + 1 :], start + 2):
            if any(row):
                yield number, {name: row[i] if i < len(row) else "" for name, i in self._columns.items()}

    def _put(self, sections: list[dict[str, Any]], row: dict[str, str], number: int, agencies: dict[str, str]) -> None:
        section = self._section(sections, row, number)
        if section is None:
            return
        questions = section["questions"]
        self._question_rows[sections.index(section), len(questions)] = number
        question: dict[str, Any] = {"id": row.get("Question id") or f"{section['id']}-{len(questions) + 1:02}"}
        question["text"] = row["Question"]
        question["type"] = answer_type(row["Answer type"])
        if not row["Answer type"]:
            self.faults.append(Fault(self._at(number, "Answer type"), "Say how it is answered, such as Yes/Partly/No."))
        wrong = put_options(question, row.get("Options", ""))
        if wrong:
            self.faults.append(Fault(self._at(number, "Options"), wrong))
        named = self._agencies(row.get("Agencies", ""), agencies)
        if named:
            question["agencies"] = named
        if row.get("Guidance"):
            question["guidance"] = row["Guidance"]
        question["look_for"] = listed(row.get("Look for", ""))
        question["evidence"] = evidence(row.get("Evidence", ""))
        _purpose(question, row)
        questions.append(question)

    def _section(self, sections: list[dict[str, Any]], row: dict[str, str], number: int) -> dict[str, Any] | None:
        cell = row["Section"]
        if not cell:
            if not sections:
                self.faults.append(Fault(self._at(number, "Section"), "The first question needs a section."))
                return None
            return sections[-1]
        found = re.fullmatch(r"([A-Z0-9]+(?:-[A-Z0-9]+)*)\s*:\s*(.+)", cell, re.DOTALL)
        title = found[2] if found else cell
        for section in sections:
            if section["title"].casefold() == title.casefold() and (not found or section["id"] == found[1]):
                return section
        prefix = row.get("Question id", "").rpartition("-")[0]
        taken = {section["id"] for section in sections}
        id = found[1] if found else prefix if prefix and prefix not in taken else f"S{len(sections) + 1}"
        sections.append({"id": id, "title": title, "questions": []})
        return sections[-1]

    def _agencies(self, cell: str, agencies: dict[str, str]) -> list[str]:
        """The kinds that a cell names, by kind or by name; new ones are added where no list was given."""
        by_name = {name.casefold(): kind for kind, name in agencies.items()} | {kind: kind for kind in agencies}
        kinds = []
        for one in listed(cell, commas=True):
            if one.casefold() in ("all", "everyone", "all agencies"):
                return []
            kind = by_name.get(one.casefold(), slug(one).replace("_", "-"))
            if "Agencies" not in self._fact_rows:
                agencies.setdefault(kind, one)
            kinds.append(kind)
        return kinds


def _purpose(question: dict[str, Any], row: dict[str, str]) -> None:
    if row.get("Purpose"):
        question["purpose"] = slug(row["Purpose"])
    options = options_of(question)
    by_label = {option.label.casefold(): option.value for option in options}
    limiting = listed(row.get("Limiting", ""), commas=True)
    if limiting:
        question["limits"] = [{"is": [by_label.get(one.casefold(), slug(one)) for one in limiting]}]
    if question.get("purpose") == "safety":
        question["raises_concern"] = [option.value for option in options if option.weak]
    if question.get("purpose") in ("safety", "auditors_grade"):
        question["missing"] = []
