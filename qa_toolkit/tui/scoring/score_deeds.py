"""Every key of the scoring screen: one table, from which the keys, the palette and the help are made."""

from __future__ import annotations

from textual.binding import Binding

from qa_toolkit.tui.commands import Deed
from qa_toolkit.tui.widgets.choosing import KEY_NAMES

DEEDS = (
    Deed("next", "right,pagedown", "Next", "To the next question. The left arrow goes back.", True, "turn(1)"),
    Deed("unanswered", "n", "Next open", "To the next question that has no answer yet.", True, "unanswered"),
    Deed("comment", "c", "Comment", "Write a comment. Esc leaves it, and it is recorded.", False, "write('comment')"),
    Deed("evidence", "e", "Evidence", "Say where it can be seen: a reference, never the record.", False,
         "write('evidence')"),
    Deed("guidance", "i", "How to judge", "All guidance on this question, on a page that scrolls.", False),
    Deed("concern", "exclamation_mark", "Concern", "Raise an immediate safeguarding concern. Telephone first.", True),
    Deed("concern-writing", "f2", "Concern", "The same while writing, where ! is a letter.", True),
    Deed("submit", "s", "Submit", "What is missing, your grade, and sending it in.", True, "submit"),
    Deed("out", "escape", "Leave", "Out of the text; else back to the screen before. What is typed is recorded.", True,
         "out"),
    Deed("clear", "backspace,delete", "Clear", "Back to “not answered”; comment and evidence stay.", True, "clear"),
    Deed("go-to", "g", "Go to", "To a question by its id.", True, "go_to"),
    Deed("stop", "j", "What stops", "To the next thing that prevents submission.", True, "stop"),
    Deed("history", "h", "History", "Who answered this, when, from what to what.", True, "history"),
    Deed("previous", "left,pageup", "Back", "To the question before.", False, "turn(-1)"),
    Deed("down", "down", "Field below", "To the next field of this question.", False, "field(1)"),
    Deed("enter", "enter", "Field below", "To the next field of this question.", False, "field(1)"),
    Deed("up", "up", "Field above", "To the field above.", False, "field(-1)"),
    Deed("not-applicable", "a", "Not applicable", "It does not apply to this child; it asks why.", False,
         "missing('not_applicable')"),
    Deed("not-known", "k", "Not known", "Not known or not recorded.", False, "missing('not_known')"),
    Deed("not-seen", "v", "Not seen", "This agency could not have seen it.", False, "missing('not_seen')"),
    Deed("sensitive", "m", "Mark sensitive", "For your agency and the chair only; again takes the mark off.", False,
         "sensitive"),
    Deed("differs", "d", "Our record differs", "On the page of the case: say what your record has instead.", False,
         "differs"),
    Deed("confirm", "y", "Keep", "Keep what was carried forward from last time.", False, "confirm"),
    Deed("finding", "f", "Finding", "Raise a finding from this answer: for the panel, the chair and co-ordinators.",
         False),
    Deed("retry", "r", "Try again", "Try again to save what the disk refused, or record yours over theirs.", False,
         "retry"),
    Deed("theirs", "t", "Keep theirs", "Leave what somebody else put meanwhile.", False, "keep_theirs"),
    Deed("take-draft", "u", "Take back", "Take back the text that was not recorded last time.", False, "take_draft"),
    Deed("drop-draft", "o", "Throw out", "Throw out the text that was not recorded last time.", False, "drop_draft"),
)  # fmt: skip

DIGITS = tuple(
    Binding(key, f"digit({n})", f"Answer {n + 1}", show=False, id=f"score.digit-{n}",
            tooltip="Choose the option with this key")
    for n, key in enumerate(KEY_NAMES)
)  # fmt: skip

HELP = """\
One question at a time. The digit beside an option chooses it, and it is saved at once.

Right arrow or Page Down: next question. Left arrow or Page Up: the one before. n: the next without an answer.
Up and down arrows, Tab or Enter: to the next field of this question. A digit never moves, and no arrow answers.
a: not applicable (it asks why). k: not known or not recorded. v: not seen by this agency. None is a low score.
Backspace: back to “not answered”. The comment and the evidence stay.
c: comment. e: evidence. Esc: out of the text. It is recorded when you leave it, and kept as a draft while you type.
!: an immediate safeguarding concern (F2 while writing). Telephone first: this tool records, it alerts nobody.
i: all that helps to judge this question, on a page that scrolls.
g: go to a question by its id. j: what still prevents submission. h: the history of this answer. s: submit.

Where the options of one part run past nine, 0, - and = are the tenth to the twelfth.
“Saved” with a time means that it is on the disk. “NOT SAVED” says why; your text stays here and r tries again.
What looks like a date of birth, an NHS number, a postcode, a telephone number or an address is pointed out as you
type. Names cannot be told by rule: leave them out.
"""
