"""The compliance sheet: what each law or guidance asks, by its edition, and how agencies' returns answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa_toolkit.reports.layout.spreadsheet import Sheet, Spreadsheet
from qa_toolkit.reports.packs.wording import EXAMPLE, period
from qa_toolkit.reports.views.audit import EVERY_AGENCY, ForAudit, LawLine, QuestionLine, SourceOfQuestion
from qa_toolkit.reports.views.numbers import Number
from qa_toolkit.sheets.columns import Column, Value

KEY = "Key"
"""The hidden column that names a row's figures: with a dot and the mark's own key, as `qa figures` lists them."""


def compliance_sheet(view: ForAudit, audience: str) -> Spreadsheet:
    """The sheet of one audit."""
    audit = view.audits[0]
    asked = [(source, line) for line in view.questions for source in line.sources]
    asked.sort(key=lambda one: (one[0].title, one[0].edition))
    every = [one for one in asked if one[1].agency == EVERY_AGENCY]
    without = {line.id for line in view.questions if not line.sources}
    notes = ["Counts of filed returns. Not known, not seen and not applicable are no low answers."]
    notes += [EXAMPLE] if view.example else []
    if not view.questions:
        notes.append("No return has been filed yet, so there is nothing to count.")
    if without:
        notes.append(f"{len(without)} questions rest on local practice alone and name no source.")
    marks = view.questions[0].numbers if view.questions else ()
    return Spreadsheet(
        title=f"Compliance: {audit.title}", marking=view.marking, as_at=view.as_at, subtitle=view.name,
        audience=audience,
        facts=(
            ("Audit", audit.id), ("Time covered", period(view)), ("Record", view.head),
            ("Laws and guidance", len(view.laws)), ("Questions on them", len({line.id for _, line in every})),
        ),
        notes=tuple(notes), blocks=(),
        sheets=(
            _laws(view.laws, marks),
            _questions("Questions", "tblQuestions", every, marks, "All agencies together: a row for each source and "
                       "question."),
            _questions("By agency", "tblAgencies", [one for one in asked if one[1].agency != EVERY_AGENCY], marks,
                       "A row for each source, question and agency; filter as you like."),
            _definitions(marks),
        ),
        author=view.name,
    )  # fmt: skip


def _counts(marks: Iterable[Number], of: str) -> tuple[Column, ...]:
    return (*(Column(title=mark.label, kind="int", width=10) for mark in marks), Column(title=of, kind="int", width=10))


def _law(source: SourceOfQuestion) -> tuple[Value, ...]:
    return source.title, source.edition, source.in_force


_LAW = (Column(title="Law or guidance", width=32), Column(title="Edition", width=20),
        Column(title="In force", kind="date"))  # fmt: skip


def _laws(laws: Iterable[LawLine], marks: Sequence[Number]) -> Sheet:
    columns = (*_LAW, Column(title="Questions", kind="int"), *_counts(marks, "Answers"), Column(title=KEY, hidden=True))
    rows = tuple(
        (*_law(one.source), len(one.questions), *(number.value for number in one.numbers), one.numbers[0].of,
         _key(one.numbers))
        for one in laws
    )  # fmt: skip
    return Sheet("By source", "tblSources", columns, rows, "The whole picture: a row for each law or guidance, in "
                 "answers of all agencies.")  # fmt: skip


def _questions(
    name: str, table: str, asked: Iterable[tuple[SourceOfQuestion, QuestionLine]], marks: Sequence[Number], holds: str
) -> Sheet:
    columns = (
        *_LAW, Column(title="Question"), Column(title="What is asked", width=44), Column(title="Agency", width=24),
        *_counts(marks, "Returns"), Column(title=KEY, hidden=True),
    )  # fmt: skip
    rows = tuple(
        (*_law(source), line.id, line.text, line.agency, *(number.value for number in line.numbers),
         line.numbers[0].of, _key(line.numbers))
        for source, line in asked
    )  # fmt: skip
    return Sheet(name, table, columns, rows, holds)


def _definitions(marks: Iterable[Number]) -> Sheet:
    columns = (
        Column(title="Column", width=28),
        Column(title="What it means", width=70),
        Column(title=KEY, hidden=True),
    )
    rows = tuple((mark.label, mark.definition, mark.key.rpartition(".")[2]) for mark in marks)
    return Sheet("Definitions", "tblDefinitions", columns, rows, "What each column of counts means.")


def _key(numbers: Sequence[Number]) -> str:
    return numbers[0].key.rpartition(".")[0]
