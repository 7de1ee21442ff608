"""What can be done on the grid of an audit, and what its help says."""

from __future__ import annotations

from qa_toolkit.tui.commands import Deed

DEEDS = (
    Deed("open", "enter", "Open", "Open the return that is chosen.", True),
    Deed("file", "f", "File", "File a submitted return: it counts from then, as it stands.", True),
    Deed("query", "u", "Query", "Send questions about some answers back to the agency.", True),
    Deed("give-back", "o", "Give back", "Give a submitted return back whole, with the reason.", True),
    Deed("moderate", "m", "Moderate", "The child of the row at the panel; a round, agencies by indicators.", True),
    Deed("findings", "g", "Findings", "The audit’s findings, strengths first; and raising one.", False),
    Deed("ledger", "l", "What moved", "The agencies’ grades and the agreed ones: here, and over audits.", False),
    Deed("name-rater", "n", "Name rater", "Say who scores this return.", False),
    Deed("held", "h", "Who holds it", "Who of the agency holds or supervises the case, so does not score it.", False),
    Deed("second-score", "s", "Second score", "Ask a second rater for a blind score of this return.", False),
    Deed("record-check", "k", "Record check", "Who knows which child: keyed straight in, or pasted.", False),
    Deed("differences", "d", "Differences", "Where agencies’ records say otherwise about a child.", False),
    Deed("send", "t", "Send, take in", "Audit tools and parcels out to agencies, and what came back.", False),
    Deed("cases", "plus", "Add cases", "Add a case with its facts, or several at once.", False, "set_up('cases')"),
    Deed("sample", "w", "Draw a sample", "Draw the cases from a list of pseudonyms; anybody can draw them again.",
         False, "set_up('sample')"),
    Deed("replace", "r", "Replace", "The next reserve of the sample in the place of the row’s case.", False,
         "set_up('replace')"),
    Deed("prove", "p", "Prove the draw", "Draw again from the list, and say whether the cases are the same.", False),
    Deed("facts", "c", "The child", "What is known of the child of the row.", False, "set_up('facts')"),
    Deed("terms", "e", "Terms", "Terms of reference: what is asked, of which children, by when.", False,
         "set_up('terms')"),
    Deed("same", "b", "The same child", "Which child of the earlier audit the row’s child is, in a re-audit.", False,
         "set_up('same')"),
    Deed("allocate", "a", "Who scores", "Propose somebody for every return that nobody has.", False, "set_up('who')"),
    Deed("waiver", "v", "Waiver", "Leave for somebody who holds the case to score this return, with the reason.", False,
         "set_up('waiver')"),
    Deed("back", "escape", "Back", "To the screen before.", True),
)  # fmt: skip

FIRST = (
    "No cases yet. + adds one with what is known of the child, or several at once; w draws them from a list; e sets "
    "the terms of reference; then a proposes who scores."
)
"""Said to a co-ordinator where there is nothing to choose yet."""

HELP = (
    "A row for each child, a column for each agency. A late mark, such as “+3”, counts working days after the due "
    "date.\n\nnot started: asked, nothing begun. in progress: begun. checked: by the agency's lead. submitted: "
    "waiting to be filed. queried: sent back with questions. received: filed, and counted. nil: the agency holds "
    "nothing on this child; a return, and counted. –: not asked.\n\nEnter opens a return; of other agencies' "
    "returns you can read what you may read.\n\nA co-ordinator sets an audit up here. + adds cases, each under a "
    "pseudonym and never by name; w draws them from a list, once, so that anybody can draw the same again; c enters "
    "what is known of the child of the row; e sets the terms of reference, the first page of what agencies get; a "
    "proposes who scores, with the reason, and names nobody before a yes. What is typed is kept until it is done.\n\n"
    "h records who of the agency holds a case and who supervises it: neither is asked to score it. Where there is no "
    "one else, v records a waiver, with the reason and who agreed; the report shows both. r puts the next reserve of "
    "the sample in the place of a case that has to go; p draws again from the list, for anybody who asks whether these "
    "are the cases that were drawn. In a re-audit b records which child of the earlier audit the row’s child is, as "
    "whoever keeps the list of names says."
)
