"""The Business Group's workbook: counts first, then tables that its members filter themselves. No text of any case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qa_toolkit.reports.figures.collecting import numbers
from qa_toolkit.reports.layout.spreadsheet import Block, Counted, Sheet, Spreadsheet
from qa_toolkit.reports.packs.wording import COLOUR_TONES, EXAMPLE, period
from qa_toolkit.reports.views.business import ActionForBusiness, ForBusiness
from qa_toolkit.reports.views.numbers import Breakdown, Number
from qa_toolkit.reports.views.public import ForPublic
from qa_toolkit.sheets.columns import Column, Value, count_where

ACTIONS: Final = "tblActions"
FIGURES: Final = "tblFigures"
_MEANINGS: Final = "What each figure means is on the sheet Figures; what each colour means, on the sheet Legend."
_GOES_TO: Final = ("the Business Group", "the Main Board")
"""The groups whose decision is asked here."""


def business_group_workbook(view: ForBusiness, audience: str) -> Spreadsheet:
    """The workbook."""
    return Spreadsheet(
        title="Business Group: action plans", marking=view.marking, as_at=view.as_at, subtitle=view.name,
        audience=audience,
        facts=(("Time covered", period(view)), ("Colours by", view.rules), ("Record", view.head)),
        notes=(*((EXAMPLE,) if view.example else ()), _MEANINGS),
        blocks=_blocks(view), sheets=_sheets(view), author=view.name,
    )  # fmt: skip


def figure(number: Number) -> str:
    """A formula that takes a figure from the sheet of figures."""
    return f'=SUMIFS({FIGURES}[Count],{FIGURES}[Key],"{number.key}")'


def _blocks(view: ForBusiness) -> tuple[Block, ...]:
    def taken(numbers: Iterable[Number]) -> tuple[Counted, ...]:
        return tuple(Counted(n.label, figure(n), n.value) for n in numbers)

    colours = tuple(
        Counted(n.label, count_where(ACTIONS, {"Colour": n.label}), n.value, COLOUR_TONES[n.label])
        for n in view.colours
    )
    n = view.closure[0].of or 0
    return (
        Block("How the open actions came to be", "Step", "Actions", taken(view.flow), total=False,
              note="Start + agreed + reopened − closed − superseded − rejected + deeds taken back = open at the end."),
        Block("Closed is three numbers", "Of all actions agreed and not dropped", "Actions", taken(view.closure),
              total=False, note=f"Each is of the same {n} actions, and the three stand together."),
        Block("Open actions by colour", "Colour", "Actions", colours, chart="Open actions by colour"),
        Block("Open actions by agency", "Agency", "Actions", _lines(view.by_agency, "Agency"),
              chart="Open actions by agency"),
        Block("Open actions by source", "Source", "Actions", _lines(view.by_source, "Source"),
              chart="Open actions by source"),
        Block("To be looked at", "Open actions", "Actions", taken(view.open_now), total=False),
        Block("With which group", "Climbed to", "Actions", taken(view.escalated), total=False),
    )  # fmt: skip


def _lines(found: Breakdown, column: str) -> tuple[Counted, ...]:
    # Agencies outside the area stand in the table under their own names, and in the figures together.
    return tuple(
        Counted(line.name, count_where(ACTIONS, {f"{column} group": line.name}), line.numbers[0].value)
        for line in found.lines
    )


def _sheets(view: ForBusiness) -> tuple[Sheet, ...]:
    open_ones = [one for one in view.actions if one.open]
    overdue = [one for one in open_ones if one.days_overdue]
    closed = [one for one in view.actions if one.closed_since]
    names = {line.name for line in view.by_agency.lines}
    return (
        _actions("Open actions", ACTIONS, open_ones, names, "Every open action: filter by agency, colour or source."),
        _actions("Overdue", "tblOverdue", sorted(overdue, key=lambda one: -one.days_overdue), names,
                 "Open actions past their due day, the latest first."),
        _decisions(open_ones),
        _actions("Closed since", "tblClosed", closed, names, "Actions closed in the time covered."),
        _moved(view),
        _breakdown("By agency", "tblAgency", view.by_agency),
        _breakdown("By source", "tblSource", view.by_source),
        _commitments(view),
        _findings(view),
        _indicators(view),
        _breakdown("Returns", "tblReturns", view.returns_by_agency),
        _quality(view),
        _figures(view),
        Sheet("Legend", "tblLegend", (Column(title="Order", kind="int"), Column(title="Rule", width=60)),
              tuple((number, rule) for number, rule in enumerate(view.legend, start=1)),
              f"The rules that give colours, in the order in which they are tried: {view.rules}."),
    )  # fmt: skip


def _actions(name: str, table: str, found: Iterable[ActionForBusiness], names: set[str], holds: str) -> Sheet:
    columns = (
        Column(title="Action"), Column(title="What", width=46), Column(title="Agency"),
        Column(title="Owner’s role", width=20), Column(title="Source"), Column(title="Plan", width=28),
        Column(title="Priority"), Column(title="State"),
        Column(title="Colour", kind="status", tones=COLOUR_TONES), Column(title="Why this colour", width=40),
        Column(title="Due", kind="date"), Column(title="Days overdue", kind="int", note="Working days"),
        Column(title="First due", kind="date"), Column(title="Slip", kind="int", note="Working days from first to now"),
        Column(title="Changed", kind="int", note="How often a later day was agreed"),
        Column(title="Progress", kind="int", note="Percent, as its owner says"), Column(title="Updated", kind="date"),
        Column(title="Days since update", kind="int"), Column(title="With", width=24),
        Column(title="Success measure", width=34), Column(title="Outcome for children", width=34),
        Column(title="Impact"), Column(title="Agency group", hidden=True), Column(title="Source group", hidden=True),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (
            one.id, one.text, one.agency, one.owner_role, one.source, one.plan, one.priority, one.state, one.colour,
            one.reason, one.due, one.days_overdue, one.first_due, one.slip, one.extensions, one.progress, one.updated,
            one.days_since_update, one.goes_to, one.measure, one.outcome, one.impact,
            one.agency if one.agency in names else "Outside the area", one.source,
        )
        for one in found
    ]  # fmt: skip
    return Sheet(name, table, columns, tuple(rows), holds)


def _decisions(found: Iterable[ActionForBusiness]) -> Sheet:
    columns = (
        Column(title="Action"), Column(title="What", width=50), Column(title="Agency"), Column(title="With", width=24),
        Column(title="Why it is here", width=46), Column(title="Due", kind="date"),
        Column(title="Days overdue", kind="int"),
    )  # fmt: skip
    rows = [
        (one.id, one.text, one.agency, one.goes_to, one.why_there, one.due, one.days_overdue)
        for one in found
        if one.goes_to in _GOES_TO
    ]
    return Sheet("For decision", "tblDecide", columns, tuple(rows), "Actions that climbed to this group or the Board.")


def _moved(view: ForBusiness) -> Sheet:
    columns = (
        Column(title="Action"), Column(title="Agency"), Column(title="Was due", kind="date"),
        Column(title="Now due", kind="date"), Column(title="Decided by", width=26), Column(title="On", kind="date"),
    )  # fmt: skip
    rows = tuple((one.action, one.agency, one.old, one.new, one.decided_by, one.on) for one in view.date_changes)
    return Sheet("Dates changed", "tblDates", columns, rows, "Decisions to change a due day, in the time covered.")


def _breakdown(name: str, table: str, found: Breakdown) -> Sheet:
    header = found.header
    columns = (Column(title=header[0]), *(Column(title=title, kind="int") for title in header[1:]))
    rows: list[tuple[Value, ...]] = [(line.name, *(number.value for number in line.numbers)) for line in found.lines]
    return Sheet(name, table, columns, tuple(rows), f"{found.title}; each column comes to the figure of all.")


def _commitments(view: ForBusiness) -> Sheet:
    columns = (
        Column(title="Commitment"), Column(title="Plan", width=22), Column(title="Heading", width=22),
        Column(title="What", width=44), Column(title="Leads"), Column(title="Said on", kind="date"),
        Column(title="Where it stands", width=44), Column(title="Different for children", width=36),
        Column(title="Open actions", kind="int"),
    )  # fmt: skip
    rows = tuple(
        (one.id, one.plan, one.heading, one.text, one.owner, one.stated, one.statement, one.difference,
         one.open_actions)
        for one in view.commitments
    )  # fmt: skip
    return Sheet("Commitments", "tblCommitments", columns, rows,
                 "Commitments of the strategy and the Business Plan, with what was said of each last.")  # fmt: skip


def _findings(view: ForBusiness) -> Sheet:
    columns = (
        Column(title="Finding"), Column(title="Audit"), Column(title="Kind"), Column(title="What was found", width=54),
        Column(title="Themes", width=28), Column(title="Seen in", width=30), Column(title="New"),
    )  # fmt: skip
    rows = tuple(
        (one.id, one.audit, one.kind, one.text, ", ".join(one.themes), one.prevalence, "Yes" if one.new else "No")
        for one in view.findings
    )
    return Sheet("Findings", "tblFindings", columns, rows, "Findings of the audits of this time, strengths first.")


def _indicators(view: ForBusiness) -> Sheet:
    columns = (
        Column(title="Audit"), Column(title="Section", width=26), Column(title="Indicator"),
        Column(title="Asked", width=50), Column(title="Agency", width=26), Column(title="Last time", width=18),
        Column(title="Now", width=18, note="In brackets: the middle of the steps of its indicators, as advice."),
        Column(title="Said by", width=12), Column(title="Steps since", kind="int", note="Up or down since last time"),
    )  # fmt: skip
    rows = tuple(
        (one.audit, one.section, one.id, one.text, one.agency, one.before, one.now,
         ("Panel" if one.by_panel else "Agency") if one.now else "", one.steps)
        for one in view.indicators
    )  # fmt: skip
    return Sheet("Indicators", "tblIndicators", columns, rows,
                 "Self-assessments of this time: each agency’s step on each indicator, last time and now.")  # fmt: skip


def _quality(view: ForBusiness) -> Sheet:
    columns = (Column(title="What is missing", width=40), Column(title="Actions", kind="int"),
               Column(title="Of open actions", kind="int"))  # fmt: skip
    rows = tuple((one.label, one.value, one.of) for one in view.quality)
    return Sheet("Data quality", "tblQuality", columns, rows, "What the record lacks; nothing missing is a good sign.")


def _figures(view: ForBusiness) -> Sheet:
    return Sheet("Figures", FIGURES, FIGURES_COLUMNS, figure_rows(view),
                 "Every figure of this workbook, with what it means.")  # fmt: skip


FIGURES_COLUMNS: Final = (
    Column(title="Key", width=42), Column(title="Figure", width=34), Column(title="Count", kind="int"),
    Column(title="Of", kind="int"), Column(title="Unit", width=16), Column(title="What it means", width=72),
)  # fmt: skip


def figure_rows(view: ForPublic) -> tuple[tuple[Value, ...], ...]:
    """Every figure that stands in a view."""
    return tuple((n.key, n.label, n.value, n.of, n.unit, n.definition) for n in numbers(view).values())
