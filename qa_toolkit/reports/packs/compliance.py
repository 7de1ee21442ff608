"""The compliance sheet: what each law or guidance asks, by its edition, and how agencies' returns answer it."""

from __future__ import annotations

from qa_toolkit.reports.packs.business_group import FIGURES_COLUMNS, figure_rows
from qa_toolkit.reports.spreadsheet import Sheet, Spreadsheet
from qa_toolkit.reports.views import ForAudit, QuestionLine, SourceOfQuestion
from qa_toolkit.reports.wording import EXAMPLE, period
from qa_toolkit.sheets.columns import Column, Value


def compliance_sheet(view: ForAudit, audience: str) -> Spreadsheet:
    """The sheet of one audit."""
    audit = view.audits[0]
    asked = [(source, line) for line in view.questions for source in line.sources]
    asked.sort(key=lambda one: (one[0].title, one[0].edition))
    without = sorted({line.id for line in view.questions if not line.sources})
    notes = ["Counts of filed returns. Not known, not seen and not applicable are no low answers."]
    notes += [EXAMPLE] if view.example else []
    if without:
        notes.append(f"{len(without)} questions rest on local practice alone and name no source.")
    return Spreadsheet(
        title=f"Compliance: {audit.title}", marking=view.marking, as_at=view.as_at, subtitle=view.name,
        audience=audience, facts=(("Audit", audit.id), ("Time covered", period(view)), ("Record", view.head)),
        notes=tuple(notes), blocks=(),
        sheets=(
            _sheet("By source", "tblSources", asked, view.questions),
            Sheet("Figures", "tblFigures", FIGURES_COLUMNS, figure_rows(view), "Every figure, with what it means."),
        ),
        author=view.name,
    )  # fmt: skip


def _sheet(
    name: str, table: str, asked: list[tuple[SourceOfQuestion, QuestionLine]], questions: tuple[QuestionLine, ...]
) -> Sheet:
    labels = [number.label for number in questions[0].numbers] if questions else []
    columns = (
        Column(title="Law or guidance", width=36), Column(title="Edition"), Column(title="In force", kind="date"),
        Column(title="Question"), Column(title="What is asked", width=48), Column(title="Agency", width=22),
        *(Column(title=label, kind="int") for label in labels), Column(title="Returns", kind="int"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (source.title, source.edition, source.in_force, line.id, line.text, line.agency,
         *(number.value for number in line.numbers), line.numbers[0].of)
        for source, line in asked
    ]  # fmt: skip
    return Sheet(name, table, columns, tuple(rows), "A row for each source, question and agency; filter as you like.")
