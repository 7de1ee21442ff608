"""Scoring a return: one question at a time, by the keyboard alone, each answer on the disk before it says Saved."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from textual import work

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.findings import AnswerRef
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.tui.commands import bindings
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.scoring import edits
from qa_toolkit.tui.scoring.case_facts import differs_form, facts_of_subject
from qa_toolkit.tui.scoring.edits import Edit
from qa_toolkit.tui.scoring.pages import CASE, next_open, place_of
from qa_toolkit.tui.scoring.score_deeds import DEEDS, DIGITS, HELP
from qa_toolkit.tui.scoring.score_record import RecordingScreen
from qa_toolkit.tui.widgets.choosing import KEYS, Choice
from qa_toolkit.tui.widgets.question import Anchor
from qa_toolkit.tui.widgets.rows import Rows
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow import findings, returns
from qa_toolkit.workflow.submission import what_stops


class ScoreScreen(RecordingScreen):
    """The auditor's screen."""

    HELP: ClassVar[str] = HELP
    DEEDS = DEEDS
    BINDINGS = [*bindings(DEEDS), *DIGITS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean nothing here are not shown."""
        if not self.pages:
            return True
        page, writing = self.page, isinstance(self.focused, TypedText)
        if action in ("take_draft", "drop_draft"):
            return any(question == page.id for question, _ in self.desk.drafts)
        if action == "concern_writing":
            return writing
        if action == "retry":
            return bool(self.desk.trouble)
        if action == "keep_theirs":
            return any(trouble.stale for trouble in self.desk.trouble.values())
        if action == "differs":
            return page.id == CASE and not self.desk.read_only
        if action == "confirm":
            return page.question is not None and self.answer.unconfirmed
        if action == "finding":
            person = self.qa.person
            return page.question is not None and person is not None and person.is_(*findings.RAISERS)
        if action in ("write", "history", "guidance", "clear"):
            return page.question is not None and not (writing and action == "clear")
        return True

    # --- answering

    def action_digit(self, number: int) -> None:
        """Choose an option of the choice where the cursor stands, else of the first one."""
        if self.desk.read_only:
            self.say_read_only()
            return
        choice = self.focused if isinstance(self.focused, Choice) else None
        if choice is None:
            choice = next(iter(self.pane.query("#parts Choice").results(Choice)), None)
        values = choice.with_key(number) if choice is not None else None
        if choice is not None and values is not None:
            self.choose(choice, values)
        elif choice is not None:
            keys = f"they run from 1 to {KEYS[len(choice.keyed) - 1]}"
            self.say(f"The key {KEYS[number]} stands for no option here: {keys}. Nothing is changed.")
        else:
            self.say(f"The key {KEYS[number]} answers nothing here. Down goes to what can be filled in.")

    def action_clear(self) -> None:
        """Back to "not answered", or the part where the cursor stands."""
        focused = self.focused
        if isinstance(focused, Choice) and focused.field == "cause":
            self.record(Edit(rest={"cause": None}))
        elif self.page.question is not None:
            self.record(edits.cleared())

    def action_missing(self, way: str) -> None:
        """No value, and why; a part other than the main one is marked as not known by itself."""
        question, missing = self.page.question, Missing(way)
        if question is None:
            return
        box = next((b for b in self.pane.boxes if self.focused in list(b.query("*"))), None)
        if missing is Missing.NOT_KNOWN and box is not None and box.part.id != question.main.id:
            answer = self.answer
            known = tuple(part for part in answer.unknown if part != box.part.id)
            marked = known if box.part.id in answer.unknown else (*known, box.part.id)
            self.record(Edit(values={box.part.id: None}, rest={"unknown": marked}))
        elif missing not in question.missing:
            self.say(f"{missing.label} is not one of the answers to {question.id}.")
        elif missing is Missing.NOT_APPLICABLE:
            if self.desk.read_only:
                self.say_read_only()
                return
            self.asking_reason = True
            self.tell()
            self.pane.query_one("#reason", TypedText).focus()
        else:
            self.record(edits.left_out(missing))

    def action_sensitive(self) -> None:
        """For this agency and the chair only, or no longer."""
        if self.page.question is not None:
            self.record(Edit(rest={"sensitive": not self.answer.sensitive}))

    def action_confirm(self) -> None:
        """Keep what was carried forward from last time."""
        if self.page.question is not None and self.answer.unconfirmed:
            self.record(Edit())

    # --- moving within the question

    def action_field(self, step: int) -> None:
        """To the next field of this question, or the one before."""
        fields = self.pane.stops()
        if not fields:
            return
        here = fields.index(self.focused) if self.focused in fields else -1 if step > 0 else len(fields)
        fields[max(0, min(here + step, len(fields) - 1))].focus()

    def action_write(self, field: str) -> None:
        """Write a comment or evidence."""
        if self.page.question is not None:
            self.pane.query_one(f"#{field}", TypedText).focus()

    def action_out(self) -> None:
        """Out of the text; where nothing is being typed, back to the screen before."""
        if isinstance(self.focused, TypedText):
            self.pane.query_one(Anchor).focus()
        elif self.commit_all():
            self.app.pop_screen()
        else:
            self.say_status()

    # --- moving between questions

    async def _go(self, place: int | None) -> None:
        if place is None:
            return
        self.commit_all()
        if self.desk.trouble or not self.typing:
            await self.show(place)
            return
        # What cannot be recorded as it stands is kept as a draft and offered when they come back.
        for field in self.typing:
            self.desk.keep_draft(self.page.id, field.field, field.text)
        self.desk.find_drafts()
        await self.show(place)

    async def action_turn(self, step: int) -> None:
        """To the next question, or the one before."""
        await self._go(max(0, min(self.place + step, len(self.pages) - 1)))

    async def action_unanswered(self) -> None:
        """To the next question that has no answer."""
        self.commit_all()
        found = next_open(self.pages, self.place)
        if found is None:
            lacking = sum(page.lacking for page in self.pages)
            self.say(
                f"Every question has an answer; {lacking} lack something: j goes there." if lacking
                else "Every question has an answer. Press s to submit."
            )  # fmt: skip
        else:
            await self._go(found)

    @work
    async def action_go_to(self) -> None:
        """To a question by its id."""
        ids = [page.id for page in self.pages if page.question is not None]

        def check(text: str) -> None:
            if place_of(self.pages, text) is None:
                raise InputError(f"There is no question “{text}” here. They run from {ids[0]} to {ids[-1]}.")

        words = f"Type its id, such as {ids[min(4, len(ids) - 1)]}. They run from {ids[0]} to {ids[-1]}."
        wanted = await self.app.push_screen_wait(AskText("Go to a question", words, check=check))
        if wanted:
            await self._go(place_of(self.pages, wanted))

    async def action_stop(self) -> None:
        """To the next thing that prevents submission."""
        self.commit_all()
        stops = what_stops(self.desk.at)
        places = sorted({place for stop in stops if (place := place_of(self.pages, stop.where)) is not None})
        if not stops:
            self.say("Nothing prevents submission. Press s to submit.")
        elif not places:
            self.say(stops[0].sentence)
        else:
            target = next((place for place in places if place > self.place), places[0])
            await self._go(target)
            here = next(stop for stop in stops if place_of(self.pages, stop.where) == target)
            self.say(here.sentence)

    # --- what waits

    async def action_retry(self) -> None:
        """Try again what was refused; over what somebody else put, if that was it."""
        trouble = self.desk.trouble.get(self.page.id)
        try:
            done = self.desk.retry(stale=trouble is not None and trouble.stale)
        except QAError as error:
            self.refuse(error)
            return
        if done:
            self.commit_all()
            for field in self.pane.query(TypedText):
                field.recorded = field.text if field.field in ("comment", "evidence", "reason") else field.recorded
                self.desk.drop_draft(self.page.id, field.field)
        self.tell()

    async def action_keep_theirs(self) -> None:
        """Leave what the other person put; what was typed here is given up."""
        trouble = self.desk.trouble.get(self.page.id)
        if trouble is not None and trouble.stale:
            self.desk.let_go(self.page.id)
            self.desk.said = ""
            await self.show(self.place)

    async def action_take_draft(self) -> None:
        """Take back what was being typed last time."""
        for draft in [d for (q, _), d in self.desk.drafts.items() if q == self.page.id]:
            kind, _, rest = draft.field.partition(":")
            if kind == "row":
                await self._take_row(rest, draft.text)
            if kind == "reason":
                self.asking_reason = True
            for field in self.pane.query(TypedText):
                if field.field == draft.field:
                    self.desk.drafts.pop((draft.question_id, draft.field), None)
                    field.show(field.field, draft.text, field.recorded)
                    field.display = True
                    self.tell()
                    field.focus()

    async def _take_row(self, where: str, text: str) -> None:
        part, _, index = where.rpartition(":")
        for rows in self.pane.query(Rows):
            if rows.part.id == part:
                try:
                    row = json.loads(text)
                except ValueError:
                    row = {}
                self.fill_row(rows, int(index), row if isinstance(row, dict) else {})

    def action_drop_draft(self) -> None:
        """Throw out what was being typed last time."""
        for question, field in [key for key in self.desk.drafts if key[0] == self.page.id]:
            self.desk.drop_draft(question, field)
        self.tell()

    # --- elsewhere

    @work
    async def action_differs(self) -> None:
        """Say that our record has another fact than the partnership entered."""
        fields = facts_of_subject(self.desk.at)
        if self.page.id != CASE or not fields or self.desk.read_only:
            return
        labels = [field.label for field in fields]
        picked = await self.app.push_screen_wait(PickOne("Our record says otherwise", "About which fact?", labels))
        if picked is None:
            return
        field, at = fields[picked], self.desk.at
        entered = at.file.subjects[at.ret.head.subject].facts.get(field.id)

        def record(says: Any, note: str) -> None:
            returns.differ(self.qa.workspace, self.return_id, field.id, says, note=note, by=self.desk.by,
                           now=self.qa.now())  # fmt: skip

        if await self.fill_in(differs_form(field, entered, self.return_id, record)):
            self.desk.reload()
            await self.show(self.place)

    def action_guidance(self) -> None:
        """All that helps to answer this, on a page of its own."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        words = "\n\n".join(f"{heading}\n{text}" for heading, text in self.guidance())
        self.app.push_screen(Page(f"How to judge {self.page.short}", words))

    def action_history(self) -> None:
        """Who answered this, when, from what to what."""
        from qa_toolkit.tui.scoring.history import HistoryScreen  # only when it is asked for

        if self.page.question is not None:
            self._leave()
            self.app.push_screen(HistoryScreen(self.return_id, self.page.id))

    @work
    async def action_finding(self) -> None:
        """Raise a finding from this answer."""
        from qa_toolkit.tui.panel import finding  # only when it is asked for

        ref = AnswerRef(return_id=self.return_id, question=self.page.id)
        try:
            await finding.ask(self.qa, self.return_id, [ref], origin="answer", by=self.desk.by)
        except QAError as error:
            self.refuse(error)

    def action_concern(self) -> None:
        """Raise an immediate safeguarding concern."""
        from qa_toolkit.tui.scoring.concern import ConcernScreen  # only when it is asked for

        question = self.page.question.id if self.page.question else ""
        self._leave()
        self.app.push_screen(ConcernScreen(self.return_id, question))

    def action_concern_writing(self) -> None:
        """The same, while writing."""
        self.action_concern()

    def action_submit(self) -> None:
        """Send the return in."""
        from qa_toolkit.tui.scoring.submit import SubmitScreen  # only when it is asked for

        self._leave()
        self.app.push_screen(SubmitScreen(self.return_id))

    def _leave(self) -> None:
        self.keep_everything()
        self._away = True

    async def on_screen_resume(self) -> None:
        """Back from another screen: what it recorded is shown."""
        if self._away:
            self._away = False
            self.desk.reload()
            jump, self.jump_to = self.jump_to, ""
            place = place_of(self.pages, jump) if jump else None
            await self.show(self.place if place is None else place)

    _away = False
    """Whether another screen, not just a small question, was put over this one."""
    jump_to = ""
    """A question that the submission screen sends the auditor back to."""

    def after_record(self) -> None:
        """A weak answer to the safety question opens the concern at once."""
        super().after_record()
        question, answer = self.page.question, self.answer
        if question is not None and answer.main in question.raises_concern and self._fresh(question.id, answer):
            self._alarmed = (question.id, answer.main)
            self.action_concern()

    _alarmed: tuple[str, object] = ("", None)

    def _fresh(self, question_id: str, answer: Answer) -> bool:
        raised = any(concern.question == question_id for concern in self.desk.at.ret.concerns.values())
        return not raised and question_id not in self.desk.pending and self._alarmed != (question_id, answer.main)
