"""What people of the worked example agree between them: a waiver, whose record stands, a promise, an excuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from qa_toolkit.domain.audits import Audit, Known
from qa_toolkit.domain.differences import Stands
from qa_toolkit.domain.ids import return_id
from qa_toolkit.domain.template.model import Template
from qa_toolkit.example import cast
from qa_toolkit.example.builder import Builder
from qa_toolkit.workflow import allocating, audits, chasing, checking, differences, promises, returns


class Differs(NamedTuple):
    """An agency whose record of a child says otherwise."""

    child: int
    agency: str
    field: str
    note: str
    stands: Stands | None = None
    """Which of the two stands; none while nobody has settled it."""
    why: str = ""


FIRST = (
    Differs(2, "education", "placed", "The roll was changed a week before the census day.", Stands.AGENCY,
            "The placement agreement was seen: the child had moved by then."),
    Differs(6, "health", "plan_type", "Our record shows another plan at that date.", Stands.CASE,
            "The minutes of the conference were seen; what health has is from the review after it."),
)  # fmt: skip
RUNNING = (Differs(1, "police", "placed", "The address that we hold is from the last episode."),)


def check_records(
    builder: Builder, audit: Audit, not_known: Mapping[int, tuple[str, ...]], *, family: tuple[int, str] | None = None,
    silent: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """What each agency said to the record check, a column each; those that are silent have said nothing yet."""
    cases = sorted(builder.workspace.audit(audit.id).subjects)
    for agency in audit.agencies:
        if agency in silent:
            continue
        answers = {
            return_id(case, agency): Known.FAMILY_KNOWN if (number, agency) == family
            else Known.NOT_KNOWN if agency in not_known.get(number, ()) else Known.KNOWN
            for number, case in enumerate(cases, start=1)
        }  # fmt: skip
        checking.record_checks(
            builder.workspace, audit.id, answers, did="pasted a column of the record check", by=builder.by,
            now=builder.tick(),
        )  # fmt: skip


def note(builder: Builder, audit: Audit, found: tuple[Differs, ...]) -> None:
    """Have agencies say, before they send their returns in, that their record of a fact differs."""
    file = builder.workspace.audit(audit.id)
    template = builder.workspace.template(file.audit.template)
    cases = sorted(file.subjects)
    for one in found:
        case = cases[one.child - 1]
        says = _other(template, one.field, file.subjects[case].facts[one.field])
        builder.before_sending(return_id(case, one.agency), _noting(builder, one, says))


def _noting(builder: Builder, one: Differs, says: str) -> Callable[[str, str], object]:
    def note(id: str, who: str) -> None:
        returns.differ(builder.workspace, id, one.field, says, note=one.note, by=who, now=builder.tick(3))

    return note


def _other(template: Template, field: str, value: Any) -> str:
    """The option after the one that the case has."""
    options = [option.value for option in template.fields[field].options]
    return options[(options.index(value) + 1) % len(options)]


def settle(builder: Builder, audit: Audit, found: tuple[Differs, ...], *, day: int) -> None:
    """The differences of an audit settled on a day, each with why and who decided."""
    builder.not_before(builder.at(day, 11))
    cases = sorted(builder.workspace.audit(audit.id).subjects)
    for one in found:
        if one.stands is not None:
            differences.settle(
                builder.workspace, return_id(cases[one.child - 1], one.agency), one.field, one.stands, why=one.why,
                agreed_by="panel chair", by=builder.by, now=builder.tick(6),
            )  # fmt: skip


def waive(builder: Builder, id: str) -> None:
    """A return whose only possible rater supervises the case: said by the agency, and let through with a reason."""
    agency = returns.owed(builder.workspace, id)[1].agency
    who = cast.AUDITOR_OF[agency]
    allocating.record_ties(builder.workspace, id, holds=(), supervises=(who,), by=builder.by, now=builder.tick())
    audits.waive(
        builder.workspace, id, who,
        "The service has one auditor, who also supervises; the panel read this file together.",
        agreed_by="panel chair", by=builder.by, now=builder.tick(),
    )  # fmt: skip


def remind(builder: Builder) -> None:
    """The reminders of the last working day before yesterday: all are drafted, and all but the last are sent."""
    yesterday = builder.at(-1).date()
    ago = (builder.today - builder.calendar.add_working_days(yesterday, -1)).days
    builder.not_before(builder.at(-ago, 9))
    drafted = chasing.draft(
        builder.workspace, by=builder.by, now=builder.moment, today=builder.moment.date(), calendar=builder.calendar
    )
    for message in drafted[: max(1, len(drafted) - 1)]:
        chasing.mark_sent(builder.workspace, message.chase.id, "by e-mail", by=builder.by, now=builder.tick(4))


def promise_and_excuse(builder: Builder, audit: Audit) -> None:
    """A day that an agency promised when it was reminded, and a return that need not come."""
    first, _, third = sorted(builder.workspace.audit(audit.id).subjects)
    builder.not_before(builder.at(-1, 15))
    promises.promise(
        builder.workspace, return_id(first, "mental-health"), builder.working(3), "safeguarding lead",
        by=builder.by, now=builder.tick(), today=builder.moment.date(),
    )  # fmt: skip
    promises.excuse(
        builder.workspace, return_id(third, "placement"),
        "The child stayed in the home for two nights only, before the time that is looked at.", "chair of the panel",
        by=builder.by, now=builder.tick(),
    )  # fmt: skip
