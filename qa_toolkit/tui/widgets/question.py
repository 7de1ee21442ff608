"""One question to answer: its words, its parts, why there may be no value, comment, evidence, cause.

Only one question is mounted at a time. What every question has stays mounted and is filled anew, and so does a part
with options to choose from, which most questions are; only parts of other kinds are put in and taken out.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.dates import show_moment
from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Question
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.domain.text import shorten
from qa_toolkit.store.drafts import Draft
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import Choice
from qa_toolkit.tui.widgets.guidance import Guidance, evidence_rule
from qa_toolkit.tui.widgets.parts import PartBox
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText

MISSING_KEYS = {Missing.NOT_APPLICABLE: "a", Missing.NOT_KNOWN: "k", Missing.NOT_SEEN: "v"}
CAUSES = tuple(Option(value=cause.value, label=cause.label) for cause in Cause)
TEXTS = ("comment", "evidence", "reason")
"""The texts that an answer of any type may carry."""


class Anchor(Static, can_focus=True):
    """The question's words. The cursor rests here when the first part is one to write in, so that letters are keys."""

    DEFAULT_CSS = "Anchor { height: auto; text-style: bold; &:focus { text-style: bold underline; } }"


class QuestionPane(Sheet):
    """Everything about one question that can be filled in."""

    DEFAULT_CSS = """
    QuestionPane { padding: 0 1;
        .line { height: auto; }
        .heading { height: auto; color: $text-muted; margin-top: 1; }
        .warn { height: auto; color: $text-warning; }
        #asked { height: auto; color: $text-warning; }
        #parts { height: auto; margin-top: 1; }
        #more { height: 1; color: $text-muted; &.-off { display: none; } }
        #inside { margin-top: 1; border-left: blank; &:focus { border-left: thick $border; } }
        #cause { margin-top: 1; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="place", classes="line")
        yield Anchor(id="words")
        yield Static(id="asked")
        yield Static(id="offer", classes="warn")
        yield Static("How to judge it, and what to look for (i)", id="more")
        yield Vertical(id="parts")
        yield Static(id="missing", classes="line")
        yield Static("Why does it not apply? (Enter records it)", id="reason-heading", classes="heading")
        yield TypedText("reason", id="reason")
        yield Static(id="reason-hits", classes="warn")
        yield Choice("cause", CAUSES, label="What lay behind the weak answer, if it is clear? (a digit, here)",
                     inline=True, id="cause")  # fmt: skip
        yield Static("Comment (c)", id="comment-heading", classes="heading")
        yield TypedText("comment", long=True, id="comment")
        yield Static(id="comment-hits", classes="warn")
        yield Static(id="evidence-heading", classes="heading")
        yield TypedText("evidence", long=True, id="evidence")
        yield Static(id="evidence-hits", classes="warn")
        # The arrows stop here too: on a small screen it lies below the edge.
        inside = Guidance(id="inside")
        inside.can_focus = True
        yield inside

    # --- filling

    async def put_parts(self, boxes: list[PartBox]) -> None:
        """Show these parts in the place of those of the question before."""
        before = self.boxes
        if len(before) == len(boxes) and all(old.turn(new) for old, new in zip(before, boxes, strict=True)):
            return
        holder = self.query_one("#parts", Vertical)
        with self.app.batch_update():
            await holder.remove_children()
            await holder.mount(*boxes)

    def plain(self, words: str) -> None:
        """A page without a question: nothing to comment on."""
        for id in ("missing", "reason-heading", "reason", "reason-hits", "cause", "comment-heading", "comment",
                   "comment-hits", "evidence-heading", "evidence", "evidence-hits"):  # fmt: skip
            self.query_one(f"#{id}").display = False
        self.query_one("#more").add_class("-off")
        self.query_one("#words", Anchor).update(lines_shown(words))

    def tell(self, question: Question, kind: str, answer: Answer, recorded: Answer, *, read_only: bool) -> None:
        """Put the question's words and texts in."""
        words = question.text_for(kind)
        self.query_one("#words", Anchor).update(lines_shown(words))
        self.query_one("#more").remove_class("-off")
        for id in ("comment-heading", "comment", "evidence-heading", "evidence"):
            self.query_one(f"#{id}").display = True
        self.query_one("#evidence-heading", Static).update(shown(f"Evidence (e). {evidence_rule(question)}"))
        for name in TEXTS:
            field = self.query_one(f"#{name}", TypedText)
            field.read_only = read_only
            field.show(name, getattr(answer, name), getattr(recorded, name))
            self.point_out(field)

    def tell_missing(self, question: Question, answer: Answer, *, asking: bool) -> None:
        """The line of ways to leave it without a value, and the reason when one is asked."""
        ways = [
            f"{'(•)' if answer.missing is way else '( )'} {MISSING_KEYS[way]} {way.label}" for way in question.missing
        ]
        line = self.query_one("#missing", Static)
        line.update(shown("   ".join(ways)))
        line.display = bool(ways)
        wanted = asking or answer.missing is Missing.NOT_APPLICABLE
        self.query_one("#reason").display = wanted
        self.query_one("#reason-heading").display = wanted
        if not wanted:
            self.query_one("#reason-hits").display = False

    def tell_cause(self, answer: Answer, *, weak: bool) -> None:
        """Ask what lay behind a weak answer."""
        cause = self.query_one("#cause", Choice)
        cause.display = weak or answer.cause is not None
        cause.show([answer.cause.value] if answer.cause else [])

    def tell_asked(self, query: str) -> None:
        """What the co-ordinator asks about this question."""
        line = self.query_one("#asked", Static)
        line.update(lines_shown(f"The co-ordinator asks: {query}") if query else Content(""))
        line.display = bool(query)

    def tell_offers(self, offers: list[Draft]) -> None:
        """What was being typed here and never recorded."""
        line = self.query_one("#offer", Static)
        said = []
        for draft in offers:
            at = f" on {show_moment(draft.at)}" if draft.at else ""
            text = shorten(" ".join(draft.text.split()), 70)
            said.append(f"Not recorded last time ({_name(draft.field)}, typed{at}): “{text}”")
        if said:
            said.append("u takes it back, o throws it out.")
        line.update(lines_shown("\n".join(said)))
        line.display = bool(said)

    def point_out(self, field: TypedText) -> None:
        """Say under a field what in it looks like an identifier, and where."""
        said = []
        for hit in field.hits[:4]:
            row, place = field.place_of(hit)
            said.append(f"Line {row}, place {place}: {hit.sentence}")
        if len(field.hits) > 4:
            said.append(f"And {len(field.hits) - 4} more.")
        if field.field not in TEXTS:
            box = next((node for node in field.ancestors if isinstance(node, PartBox)), None)
            if box is not None and (said or not box.faulty):
                box.note("\n".join(said))
            return
        line = self.query_one(f"#{field.field}-hits", Static)
        line.update(lines_shown("\n".join(said)))
        line.display = bool(said) and bool(field.display)
        if line.display and field.has_focus:
            # Below the edge of a small screen nobody would see it.
            self.call_after_refresh(line.scroll_visible, animate=False)

    # --- what is there

    @property
    def boxes(self) -> list[PartBox]:
        """The parts that are mounted."""
        return list(self.query(PartBox))

    def stops(self) -> list[Widget]:
        """Where the up and down arrows stop, from the top."""
        return [w for w in self.query("*").results(Widget) if w.focusable and w.display]


def _name(field: str) -> str:
    kind, _, rest = field.partition(":")
    if kind == "row":
        return "a row"
    return "the answer" if kind == "part" and rest == MAIN else f"the {rest or kind}"


def boxes_for(template: Template, parts: list[Part], answer: Answer, *, read_only: bool) -> list[PartBox]:
    """A box for each part that is asked."""
    made = []
    for part in parts:
        made.append(
            PartBox(
                part, options_for(template, part), answer.values.get(part.id), unknown=part.id in answer.unknown,
                read_only=read_only, page=answer.id,
                column_options={column.id: options_for(template, column) for column in part.columns},
            )
        )  # fmt: skip
    return made


def options_for(template: Template, part: Part) -> tuple[Option, ...]:
    """The options that a part offers; none for one to write in."""
    if part.type in (PartType.CHOICE, PartType.CHOICES, PartType.MATRIX):
        return template.options_of(part)
    return ()
