"""Templates as tables: there and back, and faults that name sheet and cell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from template_text import small, with_question

from qa_toolkit.domain.errors import TemplateError
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.table import (
    COLUMNS,
    FACTS,
    facts_from_template,
    left_out,
    rows_from_template,
    template_from_rows,
)
from qa_toolkit.domain.template.writing import to_toml
from qa_toolkit.store import library

FACTS_ROWS: list[list[Any]] = [
    ["Id", "plans"],
    ["Title", "Plans"],
    ["Edition", 1.0],
    ["Status", "Issued"],
    ["Issued", datetime(2026, 9, 1)],  # noqa: DTZ001 — a cell of a workbook has no zone
    ["Kind", "Dip sample"],
    ["Subject", "Child"],
]
ROWS: list[list[Any]] = [
    ["Section", "Question id", "Question", "Agencies", "Answer type", "Options", "Guidance", "Evidence", "Look for",
     "Limiting", "Purpose"],
    ["S0: Safety", "", "Is the child safe?", "all", "Yes/No/Unsure", "", "", "", "", "", "safety"],
    ["PL: The plan", "PL-01", "Is there a plan?", "Police; Health", "Yes, partly or no", "", "Look.", "Required, 30",
     "plan\ndate", "No", ""],
    ["", "", "How many days?", "Police", "Number", "0 to 99", "", "no", "", "", "information"],
    ["", "", "When?", "", "Timed", "within 15 working days", "", "", "", "", ""],
    [None, None, "Which?", None, "choice", "Low [1, weak]\nmid = In the middle [2]\nHigh", None, None, None, "Low"],
    [],
    ["VC: Voice", "VC-01", "Grade it?", "", "Four grades", "", "", "when weak", "", "Inadequate", ""],
]  # fmt: skip


def test_a_table_makes_a_template() -> None:
    template = template_from_rows(ROWS, "plans.xlsx", FACTS_ROWS)
    assert (template.id, template.edition, template.status, template.issued) == (
        "plans",
        "1",
        "issued",
        date(2026, 9, 1),
    )
    assert template.agencies == {"police": "Police", "health": "Health"}
    assert list(template.questions) == ["S0-01", "PL-01", "PL-02", "PL-03", "PL-04", "VC-01"]
    assert template.questions["S0-01"].raises_concern == ("no", "unsure")
    plan = template.questions["PL-01"]
    assert (plan.agencies, plan.evidence.rule, plan.evidence.min_length) == (("police", "health"), "required", 30)
    assert (plan.look_for, plan.limits[0].is_) == (("plan", "date"), ("no",))
    assert (template.questions["PL-02"].main.min, template.questions["PL-02"].main.max) == (0, 99)
    standard = template.questions["PL-03"].main.standard
    assert standard is not None
    assert (standard.within, standard.unit, standard.days) == (15, "days", "working")
    options = template.questions["PL-04"].main.options
    assert [(o.value, o.label, o.score, o.weak) for o in options] == [
        ("low", "Low", 1, True), ("mid", "In the middle", 2, False), ("high", "High", None, False),
    ]  # fmt: skip
    assert template.questions["VC-01"].limits[0].is_ == ("inadequate",)


def again(template: Template) -> Template:
    """The template after a journey through its table."""
    return template_from_rows(rows_from_template(template), "again.xlsx", facts_from_template(template))


def test_a_template_that_fits_the_table_comes_back_as_it_was() -> None:
    template = again(template_from_rows(ROWS, "plans.xlsx", FACTS_ROWS))
    assert again(template) == template
    assert left_out(template) == []
    assert read_template(to_toml(template), "plans.toml") == template


def test_what_the_table_cannot_hold_is_said() -> None:
    template = with_question(
        'text = "x?"\ntype = "yes_no"\nweight = 2\nshow_if = { agency = ["police"] }\n'
        'limits = [{ is = ["no"], at = "good" }]\nmissing = []\n'
        'descriptors = { no = "n" }\n[sections.questions.wording.police]\ntext = "y?"'
    )
    said = " ".join(left_out(template))
    for thing in ("further parts of UI-02", "conditions of UI-02, XX-01", "wordings for one agency of XX-01", "limits",
                  "descriptors of XX-01", "sources of UI-01", "header fields",
                  "themes", "leave a question open of XX-01",
                  "settings such as weight, theme or minutes of XX-01", "settings of section UI"):  # fmt: skip
        assert thing in said


def test_headings_and_facts_have_a_row_each() -> None:
    assert rows_from_template(small())[0] == COLUMNS
    assert [name for name, _ in facts_from_template(small())] == list(FACTS)


def changed(row: int, column: str, value: Any) -> list[list[Any]]:
    """The table with one cell replaced; rows count from 1."""
    rows = [list(one) for one in ROWS]
    rows[row - 1][COLUMNS.index(column)] = value
    return rows


CELLS = [
    (3, "Answer type", "yes/prtly/no", "E3", "neither a type of answer nor a scale. Did you mean yes_partly_no?"),
    (3, "Answer type", "", "E3", "Say how it is answered"),
    (4, "Options", "many", "F4", "Write the lowest and highest number, such as 0 to 100"),
    (4, "Options", "9 to 1", "F4", "min (9) is above max (1)"),
    (5, "Options", "soon", "F5", "Write the standard, such as within 72 hours"),
    (6, "Options", "Low [x]\nHigh", "F6", "“Low [x]” is not an option"),
    (6, "Options", "Low\nlow", "F6", "The option “low” is there already"),
    (6, "Options", "Low", "E6", "A choice needs a scale, or two options or more."),
    (8, "Options", "a\nb", "F8", "Only a choice has options"),
    (3, "Evidence", "requird", "H3", "Did you mean required?"),
    (3, "Limiting", "Noo", "J3", "“noo” is not an answer to PL-01. Did you mean no?"),
    (3, "Purpose", "safty", "K3", "Did you mean safety?"),
    (3, "Question", "", "C3", "The question has no words."),
    (3, "Question id", "pl 01", "B3", "“pl 01” cannot be an id here"),
    (8, "Question id", "PL-01", "B8", "The question “PL-01” is there already"),
    (2, "Section", "", "A2", "The first question needs a section."),
    (1, "Agencies", "Agency", "D1", "“Agency” is not a heading of the table. Did you mean Agencies?"),
]


@pytest.mark.parametrize(("row", "column", "value", "cell", "message"), CELLS)
def test_a_fault_names_its_sheet_and_cell(row: int, column: str, value: str, cell: str, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        template_from_rows(changed(row, column, value), "plans.xlsx", FACTS_ROWS)
    assert any(f.where == f"sheet Questions, cell {cell}" and message in f.message for f in caught.value.faults), (
        caught.value.faults
    )


def test_an_agency_that_is_not_in_the_list_is_named_with_its_cell() -> None:
    facts = [*FACTS_ROWS, ["Agencies", "police = Police; health = Health"]]
    with pytest.raises(TemplateError) as caught:
        template_from_rows(changed(3, "Agencies", "Polise"), "plans.xlsx", facts)
    assert [str(fault) for fault in caught.value.faults] == [
        "sheet Questions, cell D3: “polise” is not an agency of this template. Did you mean police?"
    ]


def test_a_faulty_fact_is_named_with_its_cell() -> None:
    for row, expected in (
        (["Kind", "dip sampel"], "sheet Template, cell B6: kind takes one of"),
        (["Kynd", "survey"], "sheet Template, cell A6: “Kynd” is not a fact about a template. Did you mean Kind?"),
    ):
        facts = [*FACTS_ROWS[:5], row, *FACTS_ROWS[6:]]
        with pytest.raises(TemplateError) as caught:
            template_from_rows(ROWS, "plans.xlsx", facts)
        assert str(caught.value.faults[0]).startswith(expected)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "sheet Questions, cell A1: The table is empty"),
        ([["Section", "Question"]], "sheet Questions, row 1: The table has no column Answer type"),
        ([["Section", "Question", "Answer type"]], "sheet Questions: There is no question in the table."),
    ],
)
def test_a_table_without_questions_is_refused(rows: list[list[str]], expected: str) -> None:
    with pytest.raises(TemplateError) as caught:
        template_from_rows(rows, "plans.xlsx", FACTS_ROWS)
    assert str(caught.value.faults[0]).startswith(expected)


@pytest.mark.parametrize("name", library.shipped())
def test_the_table_of_every_shipped_template_can_be_read_again(name: str) -> None:
    """Two of them were once refused by the reader of the very table that had been written."""
    template, _ = library.load(name)
    again = template_from_rows(rows_from_template(template), "table.xlsx", facts_from_template(template))
    assert {id: one.text for id, one in again.questions.items()} == {
        id: one.text for id, one in template.questions.items()
    }
    grouped = [one.id for one in template.questions.values() if one.main.rows or one.main.columns]
    assert [again.questions[id].main.type for id in grouped] == ["long_text"] * len(grouped)
    said = f"no rows or columns within a question: {', '.join(grouped)} become questions for text."
    assert any(said in sentence for sentence in left_out(template)) == bool(grouped)
