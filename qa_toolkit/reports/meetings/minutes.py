"""A group's minutes, its papers and its decision log as papers: what they say, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo

from qa_toolkit.domain.dates import day_of, show_date, show_moment
from qa_toolkit.domain.plans.agenda_items import Item, Section
from qa_toolkit.domain.plans.meetings import Came, Decision, Stage
from qa_toolkit.domain.plans.since import Since
from qa_toolkit.domain.text import full_stop, shorten
from qa_toolkit.reports.layout.document import Bullets, Heading, Note, Paragraph, Part, Table
from qa_toolkit.workflow.plans.agenda import Papers
from qa_toolkit.workflow.plans.minutes import Minutes

WITHHELD = "Sensitive: the minute is kept with the action, for its owner, the co-ordinators and the chair."


def minutes_parts(of: Minutes, zone: tzinfo) -> tuple[Part, ...]:
    """The minutes of one meeting."""
    return (
        Note(status(of)),
        Heading("Who was there"), *_people(of),
        Heading("Since the last meeting"), *since_parts(of.papers.since), Paragraph(of.papers.words),
        Heading("What was decided"), *_decided(of),
        *_unreached(of),
        *_opened(of, zone),
        *_corrections(of),
        Heading("Decision log"), log_table(of.decisions, of.sensitive, zone, of.name),
        Heading("How colours are worked out"), *legend(of.papers),
    )  # fmt: skip


def status(of: Minutes) -> str:
    """Whether they are a draft, in a sentence."""
    meeting = of.meeting
    if meeting.stage is Stage.OPEN:
        return "DRAFT: the meeting has not ended."
    if of.approved_by is None:
        return "DRAFT: these minutes are a draft until the next meeting approves them."
    day = show_date(of.approved_by.day)
    corrected = f" {len(of.corrections)} dated corrections stand below." if len(of.corrections) > 1 else ""
    corrected = " One dated correction stands below." if len(of.corrections) == 1 else corrected
    return f"Approved by the meeting of {day} ({of.approved_by.id}).{corrected}"


def papers_parts(at: Papers, items: Sequence[Item]) -> tuple[Part, ...]:
    """The papers of a meeting to come: what changed, the agenda with its reasons, the consent list."""
    listed = [item for item in items if item.consent]
    consent: list[Part] = [
        Paragraph(
            "The group is asked to agree these closures and later days in one decision; each is minuted. Anybody may "
            "ask for one to be taken by itself."
        ),
        Bullets(tuple(f"{item.key}: {item.title} {item.why}" for item in listed)),
    ]  # fmt: skip
    return (
        Note(f"{at.words} What comes later is shown at the meeting as having come later."),
        Heading("Since the last meeting"), *since_parts(at.since),
        Heading("Consent list"), *(consent if listed else [Paragraph("Nothing can be agreed without discussion.")]),
        Heading("Agenda"), *_agenda(items),
        Heading("How colours are worked out"), *legend(at),
    )  # fmt: skip


def since_parts(since: Since) -> Iterator[Part]:
    """What changed, the three numbers, and the sum."""
    yield Paragraph(since.period)
    yield Table(
        ("Of all actions", "At the start", "At the end"),
        tuple((name, str(before), str(after)) for name, before, after in since.three), (4, 1, 1),
    )  # fmt: skip
    yield Paragraph(f"{since.closure_after.sentence} {since.flow.sentence}")
    for title, sentences in since.lists:
        if sentences:
            yield Heading(f"{title} ({len(sentences)})", 2)
            yield Bullets(tuple(sentences))


def legend(at: Papers) -> Iterator[Part]:
    """The rules of the colours: they go with every output."""
    yield Paragraph(f"By {at.rules.title}:")
    yield Bullets(tuple(at.rules.legend))


def log_table(decisions: Sequence[Decision], hidden: frozenset[str], zone: tzinfo, name: Callable[[str], str]) -> Table:
    """Every decision in a line."""
    return Table(
        ("Number", "Day", "About", "Decision", "Minute"),
        tuple(
            (one.id, show_date(day_of(one.at, zone)), one.subject or one.item, one.kind.label,
             minute(one, hidden, name))
            for one in decisions
        ),
        (3, 2, 3, 3, 8),
    )  # fmt: skip


def minute(one: Decision, hidden: frozenset[str], name: Callable[[str], str]) -> str:
    """The minute, with what hangs on it; `name` gives a person by name."""
    if one.subject in hidden or one.item in hidden:
        said = WITHHELD
    else:
        said = one.text
    asked = f" {'Asked of' if one.due_back else 'To'} {name(one.to)}" if one.to else ""
    asked += f", back by {show_date(one.due_back)}" if one.due_back else ""
    back = f" Answered on {show_date(one.answered_on)}: {one.answered}" if one.answered and one.answered_on else ""
    back = "" if said is WITHHELD else back
    unsure = ""
    if not one.quorate or not one.meeting:
        what = "Without a quorum" if one.meeting else "Chair’s action"
        became = f"not ratified by {one.refused_by}" if one.refused_by else "to be ratified"
        unsure = f" {what}: {f'ratified by {one.ratified_by}' if one.ratified_by else became}."
    return f"{full_stop(said)}{asked}{'.' if asked else ''}{back}{unsure}"


def _people(of: Minutes) -> Iterator[Part]:
    rows = tuple(
        (of.name(one.who) if one.who in of.people else f"{one.who} ({one.agency})", one.came.label,
         f"for {of.name(one.instead_of)}" if one.instead_of else "")
        for one in sorted(of.meeting.attendees, key=lambda one: (list(Came).index(one.came), one.who))
    )  # fmt: skip
    yield Paragraph(f"In the chair: {of.name(of.meeting.chair)}.")
    if any(place for _, _, place in rows):
        yield Table(("Who", "Came", "In whose place"), rows, (3, 1, 2))
    elif rows:
        yield Table(("Who", "Came"), tuple((who, came) for who, came, _ in rows), (3, 1))
    yield Paragraph(of.quorum.sentence)
    if of.interests:
        yield Paragraph("Declared interests:")
        yield Bullets(tuple(f"{of.name(one.who)} in {one.subject}: {one.why}" for one in of.interests))


def _decided(of: Minutes) -> Iterator[Part]:
    by_item: dict[str, list[Decision]] = {}
    for one in of.decisions:
        by_item.setdefault(one.item, []).append(one)
    for section in Section:
        items = [item for item in of.items if item.section is section and item.key in by_item]
        if items:
            yield Heading(section.label, 2)
        for item in items:
            yield from _item(of, item.key, item.title, by_item.pop(item.key))
    if by_item:
        yield Heading("Other business", 2)
        for key, decisions in by_item.items():
            yield from _item(of, key, of.titles.get(key, ""), decisions)
    if not of.decisions:
        yield Paragraph("Nothing was decided.")


def _item(of: Minutes, key: str, title: str, decisions: Sequence[Decision]) -> Iterator[Part]:
    yield Paragraph(_named(key, title))
    yield Bullets(tuple(_said(of, one) for one in decisions))


def _named(key: str, title: str) -> str:
    """An item by its number and title; what has no number, by its title alone."""
    numbered = key if any(char.isdigit() for char in key) else ""
    return ": ".join(part for part in (numbered, title) if part) or key


def _said(of: Minutes, one: Decision) -> str:
    how = " Agreed with the consent list." if one.consent else ""
    chair = f" {of.name(one.chair)} in the chair." if one.chair != of.meeting.chair else ""
    new = f" It is {one.subject}." if one.subject and one.subject != one.item else ""
    return f"{one.kind.label}. {minute(one, of.sensitive, of.name)}{new}{how}{chair}"


def _unreached(of: Minutes) -> Iterator[Part]:
    titles = {item.key: item.title for item in of.items}
    if of.meeting.carried:
        yield Heading("Not reached")
        yield Paragraph("These carry over to the next meeting.")
        yield Bullets(tuple(shorten(_named(key, titles.get(key, "")), 160) for key in of.meeting.carried))


def _opened(of: Minutes, zone: tzinfo) -> Iterator[Part]:
    if of.opened:
        yield Heading("Returns that were opened")
        yield Paragraph("Whose they are is in the record, under these numbers; cases are not named in minutes.")
        yield Bullets(
            tuple(
                f"{one.id}: a return of {of.whose[one.return_id]}, by {of.name(one.by)}, "
                f"{show_moment(one.at, zone)}: {one.why}"
                for one in of.opened
            )
        )


def _corrections(of: Minutes) -> Iterator[Part]:
    if of.corrections:
        yield Heading("Corrections")
        yield Bullets(
            tuple(
                f"{show_date(one.on)}, {of.name(one.by)}{f', to {one.decision}' if one.decision else ''}: {one.text}"
                for one in of.corrections
            )
        )


def _agenda(items: Sequence[Item]) -> Iterator[Part]:
    number = 0
    for section in Section:
        found = [item for item in items if item.section is section]
        if not found:
            continue
        number += 1
        yield Heading(f"{number}. {section.label}", 2)
        yield Bullets(tuple(agenda_line(item) for item in found))


def agenda_line(item: Item) -> str:
    """An item in a line: what, why, and whether it was not reached last time."""
    named = f"{item.key}: " if any(char.isdigit() for char in item.key) else ""
    alone = f" Taken by itself: {item.contested}." if item.contested else ""
    return f"{'(not reached last time) ' if item.carried else ''}{named}{full_stop(item.title)} {item.why}{alone}"
