"""Indicators of self-assessments: each agency's step now and last time, as words; comments and reasons stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.reports.figures.audits import Seen
from qa_toolkit.reports.views.business import IndicatorLine
from qa_toolkit.store.workspace import Workspace


def indicator_lines(at: Workspace, scope: Iterable[Seen], agencies: Mapping[str, Agency]) -> Iterator[IndicatorLine]:
    """A line for each indicator and agency of the self-assessments in scope of which anything is known."""
    rounds = [one.file.audit for one in scope if one.file.audit.kind is Kind.SELF_ASSESSMENT]
    if not rounds:
        return
    # Deferred: it brings what moderation needs, and most times hold no self-assessment.
    from qa_toolkit.workflow.rounds import standings

    for audit in rounds:
        for page in standings(at, audit.id):
            for line in page.lines:
                for agency, cell in line.cells.items():
                    now, before = cell.stands, cell.before
                    if now is not None or before is not None:
                        yield IndicatorLine(
                            audit=audit.id, section=page.title, id="" if page.id == OVERALL else line.id,
                            text=line.title, agency=agencies[agency].name if agency in agencies else agency,
                            before=before.shown if before else "", now=now.shown if now else "",
                            by_panel=cell.moderated is not None, steps=cell.moved,
                        )  # fmt: skip
