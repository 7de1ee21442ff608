"""Recording while scoring: digits, text that is left, drafts, what the disk refuses, what somebody else changed."""

from __future__ import annotations

import json
from typing import Any

from textual.timer import Timer

from qa_toolkit.domain.answering import read_value
from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.template.questions import Missing, Part, PartType
from qa_toolkit.tui.forms.row import RowScreen
from qa_toolkit.tui.scoring import edits
from qa_toolkit.tui.scoring.edits import Edit
from qa_toolkit.tui.scoring.pages import FACT
from qa_toolkit.tui.scoring.score_page import PageScreen
from qa_toolkit.tui.widgets.choosing import Choice
from qa_toolkit.tui.widgets.parts import PartBox
from qa_toolkit.tui.widgets.question import TEXTS
from qa_toolkit.tui.widgets.rows import Rows
from qa_toolkit.tui.widgets.typing import TypedText

PAUSE_S = 0.6
"""Seconds after the last key at which a draft is kept."""


class RecordingScreen(PageScreen):
    """Everything on the page that changes the return."""

    def __init__(self, return_id: str, question_id: str = "") -> None:
        super().__init__(return_id, question_id)
        self._pause: Timer | None = None

    # --- choices and values

    def on_part_box_given(self, message: PartBox.Given) -> None:
        """A digit was pressed, or rows were changed."""
        message.stop()
        if message.page == self.page.id:
            self.record_part(message.box, message.raw)

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """The cause of a weak answer was clicked."""
        message.stop()
        self.choose(message.source, message.values)

    def choose(self, choice: Choice, values: tuple[str, ...]) -> None:
        """Record what was chosen, at once."""
        if choice.field == "cause":
            self.record(Edit(rest={"cause": Cause(values[0])}))
            return
        box = next((node for node in choice.ancestors if isinstance(node, PartBox)), None)
        if box is not None:
            self.record_part(box, box.raw_with(choice, values))

    def record_part(self, box: PartBox, raw: Any) -> bool:
        """Record one part; whether it is on the disk. A value that it does not take is said below it."""
        if box.page != self.page.id:
            return False
        if self.desk.read_only:
            self.say_read_only()
            return False
        try:
            value = self.read(box.part, raw)
            if self.page.id.startswith(FACT):
                done = self.desk.give_fact(self.page.id.removeprefix(FACT), value)
                self.after_record()
            else:
                done = self.record(edits.given(box.part.id, value), loudly=False)
        except QAError as error:
            box.note(str(error), fault=True)
            self.say_status()
            return False
        if done:
            for field in box.fields:
                self.desk.drop_draft(self.page.id, field.field)
            box.show(self._value_of(box), taken=True, words=self.words_of(box))
        return done

    def _value_of(self, box: PartBox) -> Any:
        if self.page.id.startswith(FACT):
            return self.desk.at.ret.facts.get(self.page.id.removeprefix(FACT))
        return self.answer.values.get(box.part.id)

    def read(self, part: Part, raw: Any) -> Any:
        """The value of what was typed; None when nothing was.

        Raises:
            AnswerError: It is not of the part's type.
        """
        if raw is None or not isinstance(raw, str) or self.page.field is not None:
            return raw
        if part.type is PartType.EVIDENCE_LIST:  # a line each: a reference may hold a semicolon
            return [line.strip() for line in raw.split("\n") if line.strip()] or None
        question = self.page.question
        if question is None:
            return raw
        return read_value(self.desk.at.template, question, part, raw)

    def record(self, edit: Edit, *, loudly: bool = True) -> bool:
        """Record a change to this page's answer; whether it is on the disk."""
        if self.page.question is None:
            return False
        if self.desk.read_only:
            self.say_read_only()
            return False
        before = {part.id for part in self.parts_shown(self.page.question)}
        try:
            done = self.desk.give(self.page.id, edit)
        except QAError as error:
            if not loudly:
                raise
            self.refuse(error)
            return False
        if {part.id for part in self.parts_shown(self.page.question)} != before:
            self.call_later(self.show_parts_anew)
        self.after_record()
        return done

    def say_read_only(self) -> None:
        """Say why nothing happens."""
        self.say(self._standing())

    def after_record(self) -> None:
        """Show what follows from a change."""
        self.tell()

    async def show_parts_anew(self) -> None:
        """Another set of parts is asked for: draw them, and stay where the cursor was."""
        focused = self.focused.id if self.focused else None
        await self.show(self.place)
        if focused and focused in TEXTS:
            self.pane.query_one(f"#{focused}").focus()

    # --- text

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """A key: start the pause again, and point out identifiers at once."""
        message.stop()
        self.pane.point_out(message.source)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_S, lambda: self.keep_draft(message.source))

    def keep_draft(self, field: TypedText) -> None:
        """The typing paused: keep what there is."""
        if not field.changed or field.read_only:
            return
        field.look()
        self.pane.point_out(field)
        self.desk.keep_draft(self.page.id, field.field, field.text)
        self.say_status()

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """A field was left: record it."""
        message.stop()
        self.commit(message.source)
        if message.onward:
            self.screen.focus_next()

    def commit(self, field: TypedText) -> bool:
        """Record what a field holds; whether nothing of it is left unrecorded."""
        if field.read_only or not field.changed or field not in self.pane.query(TypedText):
            return not field.changed
        if self._pause is not None:
            self._pause.stop()
        box = next((node for node in field.ancestors if isinstance(node, PartBox)), None)
        if box is not None:
            return self._commit_part(box, field)
        if field.field == "reason":
            return self._commit_reason(field)
        if field.field in TEXTS:
            done = self.record(edits.typed(field.field, field.text))
            self._after_text(field, done)
            return done
        return True

    def _commit_part(self, box: PartBox, field: TypedText) -> bool:
        raw = box.raw
        if box.part.type is PartType.TIMED and isinstance(raw, dict) and len(raw) < 2:
            self.keep_draft(field)
            box.note("Give the other end as well: it is recorded when both are there.")
            return False
        done = self.record_part(box, raw)
        if not done:
            self.desk.keep_draft(self.page.id, field.field, field.text)
        return done

    def _commit_reason(self, field: TypedText) -> bool:
        if not field.text.strip():
            self.asking_reason = False
            field.show("reason", field.recorded)
            self.tell()
            return True
        done = self.record(edits.left_out(Missing.NOT_APPLICABLE, field.text))
        self._after_text(field, done)
        return done

    def _after_text(self, field: TypedText, done: bool) -> None:
        if done:
            field.recorded = field.text
            self.asking_reason = False
            self.desk.drop_draft(self.page.id, field.field)
        else:
            # The record refused it: the draft may still be taken, and the text stays in the field in any case.
            said = self.desk.said
            self.desk.keep_draft(self.page.id, field.field, field.text)
            self.desk.said = said
        self.say_status()

    def commit_all(self) -> bool:
        """Record every field of this page; whether all of it is on the disk."""
        done = [self.commit(field) for field in self.typing]
        return all(done)

    def keep_everything(self) -> None:
        """The program is ending: record what is typed, or keep it as a draft."""
        for field in self.typing:
            if not self.commit(field):
                self.desk.keep_draft(self.page.id, field.field, field.text)
        self.desk.retry()

    # --- rows

    def on_rows_wanted(self, message: Rows.Wanted) -> None:
        """Open the form for a row."""
        message.stop()
        rows, index = message.source, message.index
        self.fill_row(rows, index, rows.rows[index] if 0 <= index < len(rows.rows) else {})

    def fill_row(self, rows: Rows, index: int, row: dict[str, Any]) -> None:
        """Put the form for a row over the question, and put what it gives back in its place."""
        self.run_worker(self._fill_row(rows, index, row))

    async def _fill_row(self, rows: Rows, index: int, row: dict[str, Any]) -> None:
        field = f"row:{rows.part.id}:{index}"
        page = self.page.id

        def keep(raw: dict[str, Any]) -> None:
            self.desk.keep_draft(page, field, json.dumps(raw, ensure_ascii=False))

        filled = await self.app.push_screen_wait(RowScreen(rows.part, rows.options, row, self.read, keep))
        if filled is not None:
            rows.put(index, filled)
        self.desk.drop_draft(page, field)
        self.say_status()
