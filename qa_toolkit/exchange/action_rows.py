"""What an action sheet shows of one action, a column each: what is for reading, and what its owner may write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from qa_toolkit.domain.action_sheet import LEAST_REASON, VIEWS, Field, view_words
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed
from qa_toolkit.domain.plans.records import EvidenceKind
from qa_toolkit.domain.plans.standing import Standing, Thread
from qa_toolkit.exchange.cell_text import as_compared
from qa_toolkit.sheets.cells import fit
from qa_toolkit.sheets.columns import Column, Tone, Value

KIND = "qa action sheet 1"
"""In the workbook's properties, so that it is known again."""
SHEET, TABLE = "Actions", "tblActions"
KEY, KEY_AGAIN = "Key", "Key again"
"""Hidden, at both ends of a row: where the two differ, columns were sorted apart from each other."""
NUMBER, TEXT, MEASURE, OWNER, DUE = "Action", "What is to be done", "How we will know", "Owner", "Due"
COLOUR, STATE, SAID = "Colour", "Where it stands", "Last said"
UPDATE, PROGRESS, VIEW, NEW_DAY, WHY = "Your update", "Percent done", "As you see it", "Later day", "Why more time"
POINTER, PROOF_KIND, PROOF_DAY, CLOSE = "Evidence", "Kind of evidence", "Day of evidence", "Ready to close?"
YES = "Yes"

COLOUR_TONES = {
    Colour.BLUE.label: Tone.FAIR, Colour.GREEN.label: Tone.GOOD, Colour.AMBER.label: Tone.POOR,
    Colour.RED.label: Tone.BAD, Colour.GREY.label: Tone.QUIET,
}  # fmt: skip

REFUSALS = {
    NUMBER: "An action keeps its number.",
    TEXT: "The wording was agreed, so a co-ordinator changes it, with a reason.",
    MEASURE: "The measure was agreed, so a co-ordinator changes it, with a reason.",
    OWNER: f"An action is handed over by a co-ordinator, or by the lead of its agency: say so under “{UPDATE}”.",
    DUE: f"A due day is changed by a decision: ask for it under “{NEW_DAY}”.",
    COLOUR: f"The colour is worked out by rules. Say under “{VIEW}” if you see it worse.",
    STATE: f"Where it stands follows from what is done. Ask for closure under “{CLOSE}”.",
    SAID: f"What was said before stays as it is. Write under “{UPDATE}”.",
}
"""Columns that are for reading, and what is said to somebody who wrote in one."""

FIELDS = {
    UPDATE: Field.UPDATE, PROGRESS: Field.PROGRESS, VIEW: Field.VIEW, NEW_DAY: Field.DATE, WHY: Field.DATE,
    POINTER: Field.EVIDENCE, PROOF_KIND: Field.EVIDENCE, PROOF_DAY: Field.EVIDENCE, CLOSE: Field.CLOSE,
}  # fmt: skip
"""Columns that an owner writes in."""


def columns(today: date) -> tuple[Column, ...]:
    """The columns of a sheet that goes out today, with their prompts and checks."""
    day = "23/11/2026"
    return (
        Column(title=KEY, hidden=True),
        Column(title=NUMBER, width=13),
        Column(title=TEXT, width=40),
        Column(title=MEASURE, width=27),
        Column(title=OWNER, width=18),
        Column(title=DUE, kind="date", width=13),
        Column(title=COLOUR, kind="status", width=10, tones=COLOUR_TONES),
        Column(title=STATE, width=21),
        Column(title=SAID, width=30),
        Column(title=UPDATE, width=40, editable=True, prompt=(
            "What has been done since, in a sentence or more. No names of children or families, and nothing that "
            "would tell who they are. Leave it empty if there is nothing new.")),
        Column(title=PROGRESS, kind="int", width=10, editable=True, least=0, most=100,
               prompt="A whole number from 0 to 100, without the sign %.",
               fault="Type a whole number from 0 to 100, without the sign %."),
        Column(title=VIEW, width=23, editable=True, choices=tuple(VIEWS),
               prompt="The colour follows from rules. You may say that it is worse, never that it is better."),
        Column(title=NEW_DAY, kind="date", width=13, editable=True, least=today + timedelta(days=1),
               prompt=f"Only if the due day cannot be kept: the day you ask for, such as {day}. A meeting decides.",
               fault=f"Type a day to come, such as {day}: day first, then month."),
        Column(title=WHY, width=34, editable=True,
               prompt=f"Why more time is needed, and what it means for children: {LEAST_REASON} characters or more."),
        Column(title=POINTER, width=30, editable=True, prompt=(
            "Where it can be seen: a document and its version, a system’s number; a line for each piece. Never the "
            "record itself.")),
        Column(title=PROOF_KIND, width=20, editable=True, choices=tuple(kind.label for kind in EvidenceKind)),
        Column(title=PROOF_DAY, kind="date", width=13, editable=True, most=today + timedelta(days=370),
               prompt="The day that the evidence is of.", fault=f"Type a day, such as {day}: day first, then month."),
        Column(title=CLOSE, width=11, editable=True, choices=(YES,),
               prompt="Yes, once the measure is met and there is evidence. Somebody from elsewhere then looks at it."),
        Column(title=KEY_AGAIN, hidden=True),
    )  # fmt: skip


def row(thread: Thread, standing: Standing, names: dict[str, str], key: str) -> tuple[Value, ...]:
    """One action's row."""
    action, asked = thread.action, thread.wants_later_day
    latest = thread.updates[-1] if thread.updates else None
    return (
        key, action.id, action.text, action.measure,
        names.get(action.owner, action.owner) or action.owner_role or "Nobody yet", action.due,
        standing.colour.label, standing.state.label,
        f"{show_date(standing.updated)}: {latest.text}" if latest and standing.updated else "",
        None, standing.progress if any(one.progress is not None for one in thread.updates) else None,
        view_words(latest.says if latest else ""), asked.new if asked else None, asked.reason if asked else None,
        None, None, None, YES if standing.state.submitted_or_later else None, key,
    )  # fmt: skip


def closed_columns(thread: Thread, titles: Sequence[str]) -> list[int]:
    """Places of the open columns in which this action's owner may not write as it stands."""
    may_submit = thread.state in MOVES[Deed.SUBMIT].sources
    return [] if may_submit else [titles.index(CLOSE)]


def fingerprint(value: Value) -> str:
    """By which a cell that is for reading is known again; what stands in it is not kept a second time."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else fit(str(value))[0]
    return sha256(as_compared(text).encode()).hexdigest()[:16]
