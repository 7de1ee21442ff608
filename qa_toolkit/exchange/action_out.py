"""An agency's open actions as a workbook that their owners fill in and send back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.action_sheet import held
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.standing import Standing, Thread, Yardstick, brief_of, standing
from qa_toolkit.domain.release import Found, Handled
from qa_toolkit.exchange import action_sent
from qa_toolkit.exchange.action_rows import (
    CLOSE,
    COLOUR,
    COLOUR_TONES,
    KIND,
    MEASURE,
    NEW_DAY,
    POINTER,
    REFUSALS,
    SAID,
    SHEET,
    TABLE,
    TEXT,
    UPDATE,
    VIEW,
    closed_columns,
    columns,
    fingerprint,
    row,
)
from qa_toolkit.exchange.action_sent import Sent, SentRow
from qa_toolkit.sheets.columns import Value, count_where
from qa_toolkit.sheets.summary import Tally
from qa_toolkit.sheets.writer import Book
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Workspace
from qa_toolkit.workflow import allowed, releasing
from qa_toolkit.workflow.action_sheets import of_agency
from qa_toolkit.workflow.plans.tracking import yardstick

AUDIENCE = "Action owners of one agency"
CLASS = Audience.QA_GROUP
"""What an owner may see of an action is what the group that follows it may."""
_READ = (TEXT, MEASURE, SAID)
_REASON = "reason for a later day"


class Written(NamedTuple):
    """What was written."""

    actions: list[str]
    kept_back: int
    """Sensitive actions that are not in it."""


def write_actions(
    workspace: Workspace, agency: str, out: Path, *, owner: str = "", back_by: date | None = None,
    calendar: WorkingCalendar, by: str, now: datetime, today: date,
) -> Written:  # fmt: skip
    """Write the sheet of an agency, or of one owner in it.

    Raises:
        InputError: The agency or the owner is not here, or the file is there already.
        NotAllowed: It is for a co-ordinator, the lead of the agency, or the owner.
        NotReady: The agency has no open action; or typed text could identify somebody, and nobody has said why it may
            go out.
    """
    agencies, person = workspace.agencies(), allowed.active(workspace, by, today)
    if agency not in agencies:
        raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
    if owner and (owner not in workspace.people() or workspace.people()[owner].agency != agency):
        raise InputError(f"{owner} is not one of the people of {agency}. `qa people list` shows them.")
    leads = person.is_(Role.AGENCY_LEAD) and person.agency == agency
    if not (leads or person.is_(Role.COORDINATOR) or (owner and person.id == owner)):
        raise NotAllowed(
            f"{person.name} ({by}) may not write the action sheet of {agency}: that is for a co-ordinator, the lead of "
            "the agency, or an owner for their own with --owner."
        )
    if out.exists():
        raise InputError(f"{out} is there already: choose another name.")
    threads, kept_back = of_agency(workspace, agency, owner)
    if owner and person.id != owner and not person.is_(Role.COORDINATOR):
        kept_back += sum(one.action.sensitive for one in threads)
        threads = [one for one in threads if not one.action.sensitive]
    if not threads:
        raise NotReady(f"{owner or agency} has no open action, so there is nothing to send.")
    found = _looked_through(workspace, threads, today)
    releasing.require_decided(found, CLASS, out.name)
    put = releasing.in_other_words(workspace, found, CLASS, today=today)
    sent = _write(workspace, agency, owner, out, threads, back_by, kept_back,
                  yardstick(workspace, today, calendar), put or str, by=by, now=now)  # fmt: skip
    exports.note(
        workspace.folder, out, kind="action sheet", subject=sent.id, audience=AUDIENCE, by=by, now=now,
        journals=[PARTNERSHIP, ACTIONS], identifiers=len(found),
        more={"audience_class": CLASS.value, "decided": releasing.decisions(one.handling for one in found)},
    )  # fmt: skip
    return Written(list(sent.rows), kept_back)


def _write(
    workspace: Workspace, agency: str, owner: str, out: Path, threads: list[Thread], back_by: date | None,
    kept_back: int, at: Yardstick, put: Callable[[str], str], *, by: str, now: datetime,
) -> Sent:  # fmt: skip
    names = {id: person.name for id, person in workspace.people().items()}
    id, partnership = action_sent.sheet_id(agency, now), workspace.partnership()
    titles = [column.title for column in columns(at.today)]
    standings = [standing(brief_of(thread), at) for thread in threads]
    rows = [_in_other_words(titles, row(thread, stands, names, f"{thread.action.id}|{id}"), put)
            for thread, stands in zip(threads, standings, strict=True)]  # fmt: skip
    sent = Sent(
        id=id, agency=agency, owner=owner, by=by, at=now,
        rows={thread.action.id: SentRow(held=held(thread), shown=_shown(titles, values))
              for thread, values in zip(threads, rows, strict=True)},
    )  # fmt: skip
    # Kept first: a sheet that nobody can take in again must never go out.
    action_sent.keep(workspace, sent)
    whose = names.get(owner, "") or workspace.agencies()[agency].name
    with Book(
        out, title=f"Actions of {whose}", marking=partnership.marking, as_at=now, author=partnership.name,
        subject="Action sheet", zone=at.zone,
        properties={"kind": KIND, "sheet": id, "agency": agency, "digest": sent.digest},
    ) as book:  # fmt: skip
        _read_first(book, workspace, whose, standings, back_by, kept_back, at)
        book.table(
            SHEET, TABLE, columns(at.today), rows, protect=True,
            closed={(n, col) for n, thread in enumerate(threads) for col in closed_columns(thread, titles)},
            description=f"Open actions of {whose}, a row each. The pale yellow cells are to be filled in.",
        )  # fmt: skip
    return sent


def _shown(titles: list[str], values: tuple[Value, ...]) -> dict[str, str]:
    return {title: fingerprint(value) for title, value in zip(titles, values, strict=True) if title in REFUSALS}


def _looked_through(workspace: Workspace, threads: Iterable[Thread], today: date) -> list[Found]:
    found = []
    for thread in threads:
        asked, id = thread.wants_later_day, thread.action.id
        texts = [(f"{id}, wording", thread.action.text), (f"{id}, measure", thread.action.measure),
                 (f"{id}, last update", thread.updates[-1].text if thread.updates else "")]  # fmt: skip
        found += releasing.looked_through(workspace, texts, CLASS, today=today)
        if asked is not None:
            of_reason = releasing.looked_through(workspace, [(f"{id}, {_REASON}", asked.reason)], CLASS, today=today)
            found += [_let_through(one) for one in of_reason]
    return found


def _let_through(one: Found) -> Found:
    """What stands where the owner may write is let through or waits: other words would come back as theirs."""
    changed = one.handling is not None and one.handling.handled is Handled.CHANGED
    place = f"{one.place} (here it can be let through, not changed)"
    return one._replace(handling=None, place=place) if changed else one


def _in_other_words(titles: list[str], values: tuple[Value, ...], put: Callable[[str], str]) -> tuple[Value, ...]:
    """The row with other words where that was decided, in what is there to be read."""
    return tuple(
        put(value) if title in _READ and isinstance(value, str) else value
        for title, value in zip(titles, values, strict=True)
    )


def _read_first(
    book: Book, workspace: Workspace, whose: str, standings: list[Standing], back_by: date | None, kept_back: int,
    at: Yardstick,
) -> None:  # fmt: skip
    partnership = workspace.partnership()
    page = book.summary("Read first", subtitle=partnership.name)
    page.fact("For", whose)
    page.fact("Actions in this workbook", len(standings))
    page.fact("Send it back to", _send_to(workspace, at.today))
    page.fact("Send it back by", show_date(back_by) if back_by else "as agreed with the business unit")
    if partnership.example:
        page.note("A worked example: the partnership, the people and the children are invented.")
    if kept_back:
        page.note(f"{kept_back} more of your agency’s actions are sensitive, and go to their owners alone.")
    page.heading("How to fill it in")
    for number, words in enumerate(
        (
            "The pale yellow cells on the sheet “Actions” are yours. Everything else is for reading: what is written "
            "over it is not taken, and you are told.",
            f"Say under “{UPDATE}” what has been done since the last time. Leave it empty where there is nothing new.",
            f"If the due day cannot be kept, ask under “{NEW_DAY}” and say why. A meeting decides; until then the "
            "present day stands.",
            f"Evidence is a reference: write under “{POINTER}” where it can be seen, a line of the cell for each piece "
            "(Alt and Enter begin a line), never the record itself.",
            f"Say Yes under “{CLOSE}” when the measure is met and there is evidence. Somebody from another agency then "
            "looks at it.",
            "No names, dates of birth, addresses or numbers of children or families, anywhere.",
            "Filter as you like. Clearing a cell takes nothing back: say in words what no longer holds.",
            "Send it by the secure route on which it came.",
        ), start=1,
    ):  # fmt: skip
        page.note(f"{number}.  {words}")
    colours = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.GREY, Colour.BLUE)
    page.tallies(
        "Colours", COLOUR, "Actions",
        [Tally(colour.label, count_where(TABLE, {COLOUR: colour.label}),
               sum(one.colour is colour for one in standings), COLOUR_TONES[colour.label]) for colour in colours],
    )  # fmt: skip
    for line in at.rules.legend:
        page.note(line)
    page.note(f"Rules: {at.rules.title}. You may say under “{VIEW}” that you see it worse.")
    page.links([(SHEET, "your actions, a row each")])


def _send_to(workspace: Workspace, today: date) -> str:
    """The business unit's address where it has one, and the co-ordinators by name."""
    contacts = [one.contact for one in workspace.agencies().values() if one.kind == "business-unit" and one.contact]
    people = workspace.people().values()
    names = [one.name for one in people if one.is_(Role.COORDINATOR) and one.active(today)]
    return "; ".join([*contacts, *names]) or "the business unit"
