"""Immediate safeguarding concerns of one return: telephone first, then write down what and whom you told."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from qa_toolkit.domain.audits import FollowUp
from qa_toolkit.domain.dates import parse_moment, show_moment, show_time
from qa_toolkit.domain.errors import InputError, QAError, StoreError
from qa_toolkit.domain.people import Role
from qa_toolkit.store.drafts import Draft
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.tui.widgets.rows import RowLine, Rows
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow import concerns, drafts, returns
from qa_toolkit.workflow.concerns import Raised

PAUSE_S = 0.6
DRAFT = "concern"
"""Under which a concern that is being typed is kept, followed by its id where it has one."""
NEW = (
    ("what", "What worries you, in a sentence or two. No names: the case reference is enough.", True),
    ("why_now", "Why it cannot wait until the audit’s findings.", True),
    ("told", "Whom you told: the role, such as duty team manager.", False),
    ("how", "How: by telephone, in person, …", False),
    ("told_at", "When you told them, such as 23/11/2026 14:05. Empty means now.", False),
)
TOLD = NEW[2:]
FOLLOW = (
    ("acknowledged_by", "Who confirmed that they have it: the role.", False),
    ("outcome", "What was done, and how the child is now. A concern is closed with this (F9).", True),
)
DEEDS = (
    Deed("record", "ctrl+s,f10", "Record", "Record what is written here.", True, "record"),
    Deed("close", "f9", "Close it", "Record the outcome and close the concern (co-ordinator or chair).", True, "close"),
    Deed("new", "f8", "A new one", "Write down another concern.", True, "new"),
    Deed("back", "escape", "Back", "To the screen before. What is not recorded is kept as a draft.", True, "back"),
    Deed("down", "down", "Field below", "To the next field.", False, "field(1)"),
    Deed("up", "up", "Field above", "To the field above.", False, "field(-1)"),
)


def concern_words(raised: Raised) -> str:
    """A concern and what was done about it, in sentences."""
    concern, follow = raised.concern, raised.follow_up
    state = "Closed" if raised.closed else "OPEN"
    lines = [f"{concern.id}  {state}, raised {show_moment(concern.raised_at)}: {concern.what}"]
    if concern.why_now:
        lines.append(f"  Why now: {concern.why_now}")
    told = f"  Told: {concern.told or 'nobody yet'}"
    if concern.told_at:
        told += f", {show_moment(concern.told_at)}"
    lines.append(told + (f", {concern.how}" if concern.how else ""))
    if follow is not None:
        if follow.acknowledged_by and follow.acknowledged_at:
            lines.append(f"  Confirmed by: {follow.acknowledged_by}, {show_moment(follow.acknowledged_at)}")
        if follow.outcome:
            lines.append(f"  Outcome: {follow.outcome}")
    return "\n".join(lines)


class ConcernScreen(QAScreen):
    """The concerns of one return, and a form for a new one or for what became of one."""

    HELP: ClassVar[str] = (
        "If a child may be in danger, telephone first: this tool records, it alerts nobody. Then write what worries "
        "you and why it cannot wait; whom you told (their role), how and when. Ctrl+S records it. Enter on a concern "
        "in the list opens it, to add whom you told or, for a co-ordinator or the chair, who confirmed it and what "
        "came of it. It never touches a grade. The clock at the top runs until it is closed."
    )
    DEEDS = DEEDS
    BINDINGS = bindings(DEEDS)
    CSS_PATH = "concern.tcss"

    def __init__(self, return_id: str, question_id: str = "") -> None:
        super().__init__()
        self.return_id, self.question_id = return_id, question_id
        self.opened: Raised | None = None
        self.found: list[Raised] = []
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TopBar()
        with Sheet(id="sheet"):
            yield Static(lines_shown(self._phone()), id="phone")
            yield Vertical(id="list")
            yield Static("", id="form-title")
            yield Vertical(id="form")
        yield Static("", id="status")
        yield Footer()

    def _phone(self) -> str:
        audit = returns.opened(self.qa.workspace, self.return_id).file.audit
        whom = audit.phone or "your agency’s duty line, or the police if there is danger."
        return f"Phone now: {whom}\nThis tool records; it alerts nobody."

    async def on_mount(self) -> None:
        """A new concern, unless this return has open ones and none is being raised from a question."""
        await self.list_all()
        await self.open(None)

    async def list_all(self) -> None:
        """Every concern of this return, open ones first."""
        found = sorted(concerns.of_return(self.qa.workspace, self.return_id), key=lambda r: r.closed)
        self.found = found
        holder = self.query_one("#list", Vertical)
        await holder.remove_children()
        await holder.mount(*(RowLine(concern_words(raised), n) for n, raised in enumerate(found)))

    def _fields(self) -> tuple[tuple[str, str, bool], ...]:
        if self.opened is None:
            return NEW
        person = self.qa.person
        return FOLLOW if person is not None and person.is_(Role.COORDINATOR, Role.CHAIR) else TOLD

    async def open(self, raised: Raised | None) -> None:
        """Show the form for one concern, or for a new one."""
        self.opened = raised
        about = f" from {self.question_id}" if self.question_id else ""
        title = f"What became of {raised.concern.id}" if raised else f"A new concern{about} (Ctrl+S records it)"
        self.query_one("#form-title", Static).update(shown(title))
        holder = self.query_one("#form", Vertical)
        await holder.remove_children()
        for name, words, long in self._fields():
            recorded = self._recorded(name)
            field = TypedText(name, recorded, long=long, id=f"field-{name}", today=self.qa.today)
            await holder.mount(Static(shown(words), classes="heading"), field)
            draft = next((d for d in self._drafts() if d.field == name), None)
            if draft is not None and draft.text != recorded:
                field.show(name, draft.text, recorded)
                self.status("What you were typing last time was put back.")
        holder.query(TypedText).first().focus()
        self.refresh_bindings()

    def _drafts(self) -> list[Draft]:
        by = self.qa.person.id if self.qa.person else ""
        return [d for d in drafts.kept(self.qa.workspace, self.return_id, by=by) if d.question_id == self._draft_id]

    @property
    def _draft_id(self) -> str:
        return f"{DRAFT}:{self.opened.concern.id}" if self.opened else DRAFT

    def _recorded(self, name: str) -> str:
        if self.opened is None:
            return ""
        concern, follow = self.opened.concern, self.opened.follow_up
        value = getattr(concern, name, None) or getattr(follow, name, None) or ""
        return show_moment(value) if isinstance(value, datetime) else str(value)

    async def on_rows_opened(self, message: Rows.Opened) -> None:
        """Enter on a concern."""
        await self.open(self.found[message.index])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What belongs to a recorded concern is offered only where there is one."""
        if action == "close":
            return self.opened is not None and self._fields() is FOLLOW
        return bool(self.found) if action == "new" else True

    # --- typing

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """A key."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_S, lambda: self._keep(message.source))
        self.status("")

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """Enter goes on to the next field; leaving keeps the draft."""
        self._keep(message.source)
        if message.onward:
            self.focus_next()

    def _keep(self, field: TypedText) -> None:
        if not field.changed or not self.qa.person:
            return
        now = self.qa.now()
        try:
            drafts.keep(self.qa.workspace, self.return_id, self._draft_id, field.field, field.text,
                        by=self.qa.person.id, now=now)  # fmt: skip
        except StoreError as error:
            self.status(f"NOT SAVED – {error}")
            return
        self.status(f"Draft kept {show_time(now)}. Ctrl+S records it.")

    def keep_everything(self) -> None:
        """The program is ending: keep what is typed."""
        for field in self.query(TypedText):
            self._keep(field)

    def status(self, words: str) -> None:
        """The line at the foot."""
        found = [hit.sentence for field in self.query(TypedText) for hit in field.hits][:2]
        self.query_one("#status", Static).update(lines_shown("\n".join([words, *found] if words else found)))

    # --- recording

    def _text(self, name: str) -> str:
        found = self.query(f"#field-{name}")
        return found.first(TypedText).text.strip() if found else ""

    def _told_at(self) -> datetime | None:
        text = self._text("told_at")
        if not text:
            return self.qa.now() if self._text("told") else None
        moment = parse_moment(text)
        if not isinstance(moment, datetime):
            raise InputError("Give the time as well as the day, such as 23/11/2026 14:05.")
        if moment > self.qa.now():
            raise InputError("The time at which somebody was told cannot lie in the future.")
        return moment

    async def action_record(self) -> None:
        """Record the form: one line."""
        await self._record(close=False)

    async def action_close(self) -> None:
        """Record the outcome and close it."""
        if self.opened is None:
            self.status("Open a concern in the list first: Up to it, then Enter.")
            return
        await self._record(close=True)

    async def _record(self, *, close: bool) -> None:
        by, now, workspace = self.qa.person.id if self.qa.person else "", self.qa.now(), self.qa.workspace
        try:
            if self.opened is None:
                made = concerns.raise_concern(
                    workspace, self.return_id, what=self._text("what"), why_now=self._text("why_now"),
                    question=self.question_id, told=self._text("told"), told_at=self._told_at(),
                    how=self._text("how"), by=by, now=now,
                )  # fmt: skip
                done = made.id
            elif self._fields() is FOLLOW or close:
                follow, id = self.opened.follow_up, self.opened.concern.id
                saw = seen(follow) if follow else unseen(FollowUp, id)
                concerns.follow_up(workspace, id, acknowledged_by=self._text("acknowledged_by"),
                                   outcome=self._text("outcome"), close=close, seen=saw, by=by, now=now)  # fmt: skip
                done = id
            else:
                done = self.opened.concern.id
                told_at, saw = self._told_at() or now, seen(self.opened.concern)
                concerns.tell(workspace, done, told=self._text("told"), how=self._text("how"), told_at=told_at,
                              seen=saw, by=by, now=now)  # fmt: skip
        except StoreError as error:
            self.status(f"NOT SAVED – {error}\nYour text is here. Ctrl+S tries again.")
            return
        except QAError as error:
            self.status(str(error))
            return
        self._forget()
        await self.list_all()
        await self.open(None)
        self.query_one(TopBar).tell()
        word = "Closed" if close else "Recorded"
        self.status(f"{word} {show_time(now)}: {done}. Telephone, if you have not yet. Esc goes back.")

    def _forget(self) -> None:
        for draft in self._drafts():
            drafts.discard(self.qa.workspace, self.return_id, draft.question_id, draft.field)

    async def action_new(self) -> None:
        """An empty form."""
        self.keep_everything()
        await self.open(None)

    def action_field(self, step: int) -> None:
        """To the next field, or the one before."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_back(self) -> None:
        """Leave."""
        self.keep_everything()
        self.app.pop_screen()


def lines_of(found: list[Raised]) -> Content:
    """Several concerns, one below the other."""
    return lines_shown("\n\n".join(concern_words(raised) for raised in found))
