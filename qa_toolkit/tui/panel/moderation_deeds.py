"""Every key of the moderation screen: one table, from which the keys, the palette and the help are made."""

from __future__ import annotations

from qa_toolkit.tui.commands import Deed

DEEDS = (
    Deed("agree", "g", "Agree", "Record the panel’s grade for the row, with reason, confidence and dissent.", True),
    Deed("evidence", "e,enter", "Evidence", "All that each agency said on the row: comment, evidence, reasons.", True),
    Deed("finding", "f", "Finding", "Raise a finding from the row, or about the child.", True),
    Deed("ask", "q", "Questions", "The template’s questions to the panel, asked once for each child.", False),
    Deed("voice", "v", "Views", "What came of asking the practitioner, the child or the family.", False),
    Deed("turn", "t", "Turn", "Begin this child’s turn, or end it: the clock runs meanwhile.", False),
    Deed("next", "n", "Next", "To the next child. p goes back.", True, "child(1)"),
    Deed("back", "escape", "Back", "To the screen before.", True),
    Deed("previous", "p", "Child before", "To the child before.", False, "child(-1)"),
    Deed("only", "d", "Differences", "Only where agencies differ, or everything.", False),
    Deed("contradictions", "c", "Contradictions", "The answers by which agencies contradict each other.", False),
    Deed("turning", "w", "What would change it", "The answers on which each indicative grade hangs.", False),
    Deed("interest", "i", "Interest", "Record who declares an interest in this child, and whether they stand aside.",
         False),
    Deed("sitting", "s", "Sitting", "Convene the panel; once it sits, record who came or left.", False),
    Deed("open-return", "o", "Open a return", "One agency’s whole return, to read.", False),
    Deed("ledger", "l", "What moved", "The agencies’ grades and the agreed ones: here, and over audits.", False),
    Deed("findings", "k", "Findings", "The audit’s findings, strengths first.", False),
    Deed("agreement", "a", "Second score", "How far two raters agree who scored this child blind.", False),
)  # fmt: skip

HELP = """\
Rows are grades first, then questions, the biggest gap first. A star marks where two agencies contradict each other; c \
lists them. Up and down choose a row; what each agency said stands below, and e shows all of it.

Grades in brackets are indicative: computed from the answers, advice only; w says what they hang on. In narrow columns \
O is Outstanding, G Good, RI Requires improvement, In Inadequate.

s convenes the panel, and later records who came or left. t begins and ends a child’s turn. i records an interest. g \
records what the panel agrees for a grade row: the whole, or a section. q asks the panel’s own questions, v records \
whose view was heard, f raises a finding.

Nothing here changes an agency’s return, and what is sensitive is not read out. `qa panel papers` and `qa panel \
minutes` write the papers."""
