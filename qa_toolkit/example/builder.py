"""What the worked example is told with: people, audits and returns, made through the verbs that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from qa_toolkit.domain.audits import Audit, Known
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.progress import items
from qa_toolkit.domain.returns import OVERALL, Relation
from qa_toolkit.domain.sealing import SecondScore
from qa_toolkit.domain.template.model import HeaderField, Template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.example import cast, phrases
from qa_toolkit.example.scorer import Scorer, own_grade
from qa_toolkit.store import library
from qa_toolkit.store.files import Hasty
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.workflow import audits, returns, setup, starting, submission


class Builder:
    """One building of the example; `moment` moves on with each deed."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.today = now.date()
        self.moment = self.at(-720)
        self.disk = Hasty()
        self.workspace = setup.make_workspace(
            root, cast.PARTNERSHIP, first=cast.COORDINATOR, now=self.moment, example=True, disk=self.disk
        )
        self.by = cast.COORDINATOR.id
        self.calendar = england_and_wales()
        self._before_sending: dict[str, Callable[[str, str], object]] = {}

    def at(self, days: int, hour: int = 9) -> datetime:
        """A moment that many days from today."""
        return datetime.combine(self.today + timedelta(days=days), time(hour, 5), tzinfo=UTC)

    def tick(self, minutes: int = 2) -> datetime:
        """The moment of the next deed."""
        self.moment += timedelta(minutes=minutes)
        return self.moment

    def working(self, days: int) -> date:
        """The day that many days from today, or the next on which people work."""
        day = self.today + timedelta(days=days)
        return day if self.calendar.is_working(day) else self.calendar.add_working_days(day, 1)

    def not_before(self, at: datetime) -> None:
        """Go on at that moment, or at once where it has passed: the clock of the example never goes back."""
        self.moment = max(at, self.moment + timedelta(minutes=7))

    def before_sending(self, return_id: str, deed: Callable[[str, str], object]) -> None:
        """What a rater does with a return, given its id and theirs, once it is answered and before it is sent in."""
        self._before_sending[return_id] = deed

    def people(self) -> None:
        """Agencies and people."""
        for member in cast.AGENCIES:
            setup.add_agency(
                self.workspace, member.agency, member.name, member.kind, contact=member.contact,
                by=self.by, now=self.tick(),
            )  # fmt: skip
            handle, name = member.auditor
            self._person(f"{handle}@{member.agency}", name, ("auditor",))
            if member.lead:
                self._person(f"{member.lead[0]}@{member.agency}", member.lead[1], ("agency_lead",))
            if member.second:
                self._person(f"{member.second[0]}@{member.agency}", member.second[1], ("auditor",))
        setup.add_person(self.workspace, cast.CHAIR.id, cast.CHAIR.name, cast.CHAIR.roles, by=self.by, now=self.tick())

    def _person(self, id: str, name: str, roles: tuple[str, ...]) -> None:
        setup.add_person(self.workspace, id, name, tuple(Role(role) for role in roles), by=self.by, now=self.tick())

    def open(self, code: str, title: str, template_id: str, *, opened: int, due: int, **terms: Any) -> Audit:
        """An audit opened and due that many days from today."""
        template, source = library.load(template_id)
        self.moment = self.at(opened)
        day = self.today + timedelta(days=opened)
        return audits.open_audit(
            self.workspace, f"{code}-{day.year}-01", title, template, source, opened=day,
            due=self.working(due), by=self.by, now=self.moment, phone=cast.PHONE, **terms,
        )  # fmt: skip

    def case(self, audit: Audit, facts: dict[str, Any]) -> str:
        """A case with its facts."""
        made = audits.add_case(
            self.workspace, audit.id, facts=facts, by=self.by, now=self.tick(), today=self.moment.date()
        )
        return made.id

    def score(
        self, return_id: str, quality: float, *, at: datetime, stop_after: int | None = None, submit: bool = True
    ) -> None:
        """A return scored by whoever owes it from that moment; left off after some answers, or submitted.

        A second score comes near the first, which is there already: two people read the same file.
        """
        self.not_before(at)
        file, owed = returns.owed(self.workspace, return_id)
        who = owed.rater or cast.AUDITOR_OF[owed.agency]
        start = self.moment.date()
        starting.start(self.workspace, return_id, by=who, now=self.moment, today=start)
        returns.declare(self.workspace, return_id, self._relation(return_id, who), by=who, now=self.tick(1))
        template = self.workspace.template(file.audit.template)
        header = file.subjects[owed.subject].facts
        rng = Random(f"{return_id} answers")
        self._return_facts(return_id, template, rng, who)
        first = self.workspace.ret(owed.of).answers if isinstance(owed, SecondScore) else {}
        scorer = Scorer(template, rng, quality + cast.LIFT[owed.agency], header, start, first)
        self._answer(return_id, scorer, who, stop_after)
        if deed := self._before_sending.pop(return_id, None):
            deed(return_id, who)
        if stop_after is None and submit:
            self._grade(return_id, template, rng, who)
            self.send(return_id, who)

    def _relation(self, return_id: str, who: str) -> Relation:
        """How near a rater stands to the case, as their agency recorded it."""
        recorded = returns.ties(self.workspace.audit(audit_of(return_id)), return_id)
        return recorded.of(who) if recorded is not None else Relation.NONE

    def facts(self, audit: Audit, number: int, episodes: int) -> dict[str, Any]:
        """Plausible facts about the child of that number."""
        template = self.workspace.template(audit.template)
        rng = Random(f"{audit.template} case {number}")
        found = {}
        for field in template.header:
            if field.about == "subject":
                value = episodes if field.id == "missing_episodes" else fact(field, rng, self.moment.date())
                if value is not None:
                    found[field.id] = value
        return found

    def bring_in(self, coming: Iterable[tuple[datetime, str, float]]) -> None:
        """Returns scored in the order of their moments; those without a quality are nil."""
        for moment, id, quality in sorted(coming):
            if quality:
                self.score(id, quality, at=moment)
            else:
                self.nil(id, at=moment)

    def _return_facts(self, return_id: str, template: Template, rng: Random, who: str) -> None:
        wanted = [field for field in template.header if field.about == "return"]
        facts = {field.id: value for field in wanted if (value := fact(field, rng, self.moment.date())) is not None}
        if facts:
            returns.set_facts(self.workspace, return_id, facts, by=who, now=self.tick(1))

    def _answer(self, return_id: str, scorer: Scorer, who: str, stop_after: int | None) -> None:
        done: set[str] = set()
        while stop_after is None or len(done) < stop_after:
            at = returns.opened(self.workspace, return_id)
            shown = [item for item in items(at.template, at.ret, at.header) if item.question.id not in done]
            if not shown:
                return
            question = shown[0].question
            done.add(question.id)
            answer = scorer.answer(question)
            now = self.tick(scorer.rng.randint(1, 4))
            returns.answer(self.workspace, return_id, answer, seen=None, by=who, now=now)

    def _grade(self, return_id: str, template: Template, rng: Random, who: str) -> None:
        at = returns.opened(self.workspace, return_id)
        found = indicative(at.template, at.ret, at.header)
        computed = {section.section: section.grade for section in found.sections}
        for section in template.sections:
            if section.own_grade and any(s.id == section.id for s, _ in template.asked(at.ret.head.kind)):
                self._give(return_id, computed.get(section.id) or Grade.GOOD, who, of=section.id)
        if template.grade_question is None:
            return
        advice = found.grade
        given = own_grade(advice, rng)
        self._give(return_id, given, who, departure=rng.choice(phrases.DEPARTURES) if given is not advice else "")

    def _give(self, return_id: str, given: Grade, who: str, *, of: str = OVERALL, departure: str = "") -> None:
        returns.grade(
            self.workspace, return_id, given, reasons=phrases.REASONS[given.value], departure=departure, of=of,
            seen=None, by=who, now=self.tick(6),
        )  # fmt: skip

    def send(self, return_id: str, who: str) -> None:
        """The return checked where its audit asks for it, and submitted with its notes let stand."""
        at = returns.opened(self.workspace, return_id)
        lead = cast.LEAD_OF.get(at.ret.head.agency)
        if at.file.audit.agency_check and lead:
            submission.check(self.workspace, return_id, by=lead, now=self.tick(90))
        at = returns.opened(self.workspace, return_id)
        seen = tuple(note.where for note in submission.what_to_note(at))
        submission.submit(
            self.workspace, return_id, safe="yes" if at.template.safety_question else "",
            relation=self._relation(return_id, who), acknowledged=seen, by=who, now=self.tick(3),
        )  # fmt: skip

    def nil(self, return_id: str, *, at: datetime) -> None:
        """A nil return by its agency."""
        self.not_before(at)
        _, owed = returns.owed(self.workspace, return_id)
        who = cast.AUDITOR_OF[owed.agency]
        audits.record_check(self.workspace, return_id, Known.NOT_KNOWN, by=who, now=self.moment)
        starting.start(self.workspace, return_id, by=who, now=self.tick(), today=self.moment.date())
        submission.submit_nil(self.workspace, return_id, "Not known to this service.", by=who, now=self.tick())

    def file(self, return_ids: Iterable[str], *, day: int) -> None:
        """Returns filed by the co-ordinator."""
        self.moment = max(self.moment, self.at(day, 15))
        for return_id in return_ids:
            submission.receive(self.workspace, return_id, by=self.by, now=self.tick(1))


def fact(field: HeaderField, rng: Random, today: date) -> Any:
    """A plausible value of a header field; None leaves it open."""
    if field.type == "choice":
        return rng.choice(field.options).value
    if field.type == "choices":
        values = [option.value for option in field.options]
        chosen = set(rng.sample(values, min(len(values), rng.randint(1, 3))))
        return [value for value in values if value in chosen]
    if field.type == "short_text":
        return "Quality assurance manager"
    if field.type == "integer":
        return rng.randint(field.min or 0, min(field.max or 6, 6))
    if field.type == "date":
        back = 365 if "from" in field.id else 20
        return (today - timedelta(days=back)).isoformat()
    return None
