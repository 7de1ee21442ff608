"""What the moderation screen asks while the others talk: small forms, each recorded as one line, or kept.

A form is given back only once its line is written; when it is refused, the sentence stands in it and the text stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from qa_toolkit.domain.answering import check_answer, read_value
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.comparing import GradeRow
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.moderation import AgreedGrade, Asked, Confidence, Panel, PanelAnswer, Sitter, Voice, Whose
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Question
from qa_toolkit.domain.template.scales import Grade, Option
from qa_toolkit.domain.text import shorten
from qa_toolkit.reports.panels.papers import voice_words
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.tui.forms.asking import PickOne
from qa_toolkit.tui.forms.followed import Field, FollowedForm, choice, written
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.tui.forms.picking import PickMany
from qa_toolkit.workflow import allowed, moderation
from qa_toolkit.workflow.hearings import Hearing

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

MISSING, REASON, COMMENT = "-missing", "-reason", "-comment"
"""Fields of a panel question's form beside its parts, whose ids never begin so."""
ROWS = (PartType.REPEAT, PartType.MATRIX, PartType.TIMED)
"""Types of part that a form has no room for; the templates here ask the panel none of them."""
ASIDE = (("yes", "They stand aside, and do not count for the quorum"), ("no", "Declared only: they stay"))
MEMBERS = (Role.CHAIR, Role.PANEL, Role.AGENCY_LEAD, Role.COORDINATOR, Role.SCRUTINEER)


async def agree(app: QAApp, heard: Hearing, row: GradeRow, by: str) -> None:
    """The panel's grade for a row, with reason, confidence and dissent."""
    before = heard.agreed.get(row.of)
    saw = seen(before) if before else unseen(AgreedGrade, f"{heard.subject}:{row.of}")

    def record(values: Values) -> None:
        moderation.agree(
            app.workspace, heard.subject, Grade(values["grade"]), values["reasons"], of=row.of,
            confidence=Confidence(values["confidence"]), dissent=values.get("dissent", ""), seen=saw, by=by,
            now=app.now(),
        )  # fmt: skip

    about = heard.quorum.sentence if heard.quorum else ""
    asked = heard.grade_question if row.of == OVERALL else None
    means = {one.value: one.descriptor for one in heard.template.options_of(asked.main)} if asked else {}
    grades = [Option(value=g.value, label=g.label, descriptor=means.get(g.value, "")) for g in Grade]
    fields = (
        choice("grade", "What does the panel agree?", [], before.grade.value if before else None)._replace(
            options=grades),
        written("reasons", "What decided it? In a sentence", before.reasons if before else "", long=True),
        choice("confidence", "How sure is the panel?", [(c.value, c.label) for c in Confidence],
               before.confidence.value if before else Confidence.HIGH.value),
        written("dissent", "Who saw it otherwise, by role, and why", before.dissent if before else "", long=True,
                required=False),
    )  # fmt: skip
    await app.push_screen_wait(FollowedForm(f"{heard.subject}, {row.title}", about, fields, record=record))


async def ask_panel(app: QAApp, heard: Hearing, by: str) -> None:
    """One of the template's questions to the panel."""
    lines = [f"{'[x]' if q.id in heard.answers else '[ ]'} {q.id} {q.text}" for q in heard.questions]
    words = "Each is asked once for the child. Which one?"
    picked = await app.push_screen_wait(PickOne(f"{heard.subject}: the panel’s questions", words, lines))
    if picked is None:
        return
    question, template = heard.questions[picked], heard.template
    before = heard.answers.get(question.id)
    saw = seen(before) if before else unseen(PanelAnswer, f"{heard.subject}:{question.id}")

    def record(values: Values) -> None:
        given = panel_answer(template, question, values)
        moderation.panel_answer(
            app.workspace, heard.subject, question.id, given.values, missing=given.missing, reason=given.reason,
            comment=given.comment, seen=saw, by=by, now=app.now(),
        )  # fmt: skip

    rows = "Its rows are recorded with `qa panel answer`." if any(p.type in ROWS for p in question.parts) else ""
    about = "\n".join(filter(None, (question.text, question.guidance, rows)))
    fields = _question_fields(template, question, before)
    await app.push_screen_wait(FollowedForm(f"{heard.subject}, {question.id}", about, fields, record=record))


def _question_fields(template: Template, question: Question, before: PanelAnswer | None) -> list[Field]:
    values = before.values if before else {}
    fields = [
        Field(part.model_copy(update={"required": False}), template.options_of(part), values.get(part.id))
        for part in question.parts if part.type not in ROWS
    ]  # fmt: skip
    if question.missing:
        ways = [(way.value, way.label) for way in question.missing]
        known = before.missing.value if before and before.missing else None
        fields.append(choice(MISSING, "Or why there is no answer", ways, known, required=False))
        fields.append(written(REASON, "Why it does not apply", before.reason if before else "", required=False))
    fields.append(written(COMMENT, "Comment", before.comment if before else "", long=True, required=False))
    return fields


def panel_answer(template: Template, question: Question, values: Values) -> Answer:
    """What was filled in, as an answer.

    Raises:
        AnswerError: A part cannot be read.
        InputError: Nothing is chosen.
    """
    missing = Missing(values[MISSING]) if MISSING in values else None
    given: dict[str, Any] = {}
    for part in question.parts if missing is None else ():
        if part.id in values:
            raw = values[part.id]
            raw = raw.isoformat() if isinstance(raw, date) else raw
            given[part.id] = read_value(template, question, part, raw) if isinstance(raw, str) else raw
    if not given and missing is None:
        raise InputError("Choose an answer, or say why there is none.")
    answer = Answer(id=question.id, values=given, missing=missing, reason=values.get(REASON, ""),
                    comment=values.get(COMMENT, ""))  # fmt: skip
    return check_answer(template, question, answer)


async def view(app: QAApp, heard: Hearing, by: str) -> None:
    """What came of asking the practitioner, the child or the family."""
    whose = list(Whose)
    lines = [shorten(voice_words(one, heard.voices.get(one)), 66) for one in whose]
    picked = await app.push_screen_wait(PickOne(f"{heard.subject}: whose view", "Whose view is recorded?", lines))
    if picked is None:
        return
    before = heard.voices.get(whose[picked])
    saw = seen(before) if before else unseen(Voice, f"{heard.subject}:{whose[picked].value}")

    def record(values: Values) -> None:
        moderation.record_voice(
            app.workspace, heard.subject, whose[picked], Asked(values["asked"]), asked_by=values.get("asked_by", ""),
            view=values.get("view", ""), used=values.get("used", ""), seen=saw, by=by, now=app.now(),
        )  # fmt: skip

    fields = (
        choice("asked", "Were they asked, and what came of it?", [(one.value, one.label) for one in Asked],
               before.asked.value if before else None),
        written("asked_by", "Who asked, as a role", before.asked_by if before else "", required=False),
        written("view", "Their view, without names", before.view if before else "", long=True, required=False),
        written("used", "What the panel made of it", before.used if before else "", long=True, required=False),
    )  # fmt: skip
    title = f"{heard.subject}: the {whose[picked].value}’s view"
    await app.push_screen_wait(FollowedForm(title, "", fields, record=record))


async def interest(app: QAApp, heard: Hearing, by: str) -> None:
    """Somebody's interest in this child."""
    if heard.panel is None:
        raise InputError(moderation.NO_PANEL.format(heard.file.audit.id))
    names = {sitter.who: _sitter_words(app, sitter) for sitter in heard.panel.present}
    known = [f"{names.get(one.who, one.who)} {'stands aside' if one.abstains else 'stays'}: {one.why}"
             for one in heard.interests]  # fmt: skip

    def record(values: Values) -> None:
        moderation.declare_interest(
            app.workspace, heard.subject, values["who"], values["why"], abstains=values["abstains"] == "yes", by=by,
            now=app.now(),
        )  # fmt: skip

    fields = (
        choice("who", "Who declares it?", list(names.items())),
        written("why", "What is the interest? In a few words: the minutes show it"),
        choice("abstains", "Do they stand aside for this child?", ASIDE, "yes"),
    )  # fmt: skip
    await app.push_screen_wait(FollowedForm(f"{heard.subject}: an interest", "\n".join(known), fields, record=record))


async def sitting(app: QAApp, heard: Hearing, by: str) -> None:
    """Convene the panel; or, once it sits, who came and who left."""
    people, panel = app.workspace.people(), heard.panel
    chairs = [person for person in people.values() if person.is_(Role.CHAIR) and person.active(app.today)]
    person = allowed.person(app.workspace, by)
    if not person.is_(Role.COORDINATOR, Role.CHAIR):
        raise NotAllowed(f"Only a co-ordinator or the chair says who sits, and {person.name} is neither.")
    if not chairs:
        raise InputError("Nobody here is recorded as a chair: g on the first screen, then e, gives the role.")
    if panel is not None and panel.day < app.today:
        words = f"{panel.id} sat on {show_date(panel.day)}."
        ways = ["Convene a new sitting", "Correct who sat then"]
        picked_way = await app.push_screen_wait(PickOne("The sitting", words, ways))
        if picked_way is None:
            return
        panel = None if picked_way == 0 else panel
    filled = await app.push_screen_wait(_sitting_form(app, panel, chairs))
    if filled is None:
        return
    there = panel.present if panel else ()
    members = [one for one in people.values() if one.is_(*MEMBERS) and one.active(app.today)]
    choices = {one.id: Sitter(who=one.id) for one in sorted(members, key=lambda one: (one.agency, one.name))}
    choices = {sitter.who: sitter for sitter in there} | {id: one for id, one in choices.items()
                                                         if id not in {sitter.who for sitter in there}}  # fmt: skip
    listed = list(choices.values())
    marked = [n for n, one in enumerate(listed) if one in there or one.who == filled.get("chair")]
    words = "Who is there? Those who left later are taken out; what was agreed before keeps who voted."
    picked = await app.push_screen_wait(PickMany("Present", words, [_sitter_words(app, one) for one in listed], marked))
    if picked is None:
        return
    came = [*(listed[n] for n in picked), *_guests(filled.get("guests", ""))]
    if panel is None:
        moderation.convene(
            app.workspace, heard.file.audit.id, filled["day"], chair=filled["chair"], present=came,
            minutes_each=filled["minutes"], apologies=filled.get("apologies", ""), by=by, now=app.now(),
        )  # fmt: skip
        return
    moderation.change_sitting(
        app.workspace, heard.file.audit.id, came=[one for one in came if one not in there],
        left=[one.who for n, one in enumerate(listed) if one in there and n not in picked],
        apologies=filled.get("apologies", ""), minutes_each=filled["minutes"], seen=seen(panel), by=by,
        now=app.now(),
    )  # fmt: skip


def _sitting_form(app: QAApp, panel: Panel | None, chairs: Sequence[Person]) -> FollowedForm:
    minutes = Part(id="minutes", type=PartType.INTEGER, label="Minutes for each child", min=moderation.LEAST_MINUTES)
    fields = [
        Field(minutes, (), panel.minutes_each if panel else 40),
        written("guests", "Guests, one a line: a role = an agency", long=True, required=False),
        written("apologies", "Apologies", panel.apologies if panel else "", required=False),
    ]
    if panel is None:
        day = Part(id="day", type=PartType.DATE, label="Day on which it sits")
        fields.insert(0, Field(day, (), app.today.isoformat()))
        fields.insert(1, choice("chair", "Who chairs?", [(one.id, one.name) for one in chairs], chairs[0].id))

    def check(values: Values) -> None:
        if values["minutes"] < moderation.LEAST_MINUTES:
            raise InputError("Give each child five minutes at the least.")
        for guest in _guests(values.get("guests", "")):
            if guest.agency and guest.agency not in app.workspace.agencies():
                raise InputError(f"There is no agency {guest.agency}: there are {', '.join(app.workspace.agencies())}.")

    title = f"{panel.id}, {show_date(panel.day)}" if panel else "Convene the panel"
    return FollowedForm(title, "Ctrl+S goes on to who is there.", fields, record=check)


def _guests(text: str) -> list[Sitter]:
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return [Sitter(who=who.strip(), agency=agency.strip()) for who, _, agency in pairs]


def _sitter_words(app: QAApp, sitter: Sitter) -> str:
    person = app.workspace.people().get(sitter.who)
    agency = sitter.agency or (person.agency if person else "")
    return f"{person.name if person else sitter.who}{f', {agency}' if agency else ''}"
