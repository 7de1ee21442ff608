"""The programme of the worked example: what was planned, why, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qa_toolkit.domain.programme import Because, Standing
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.terms import KeyLine
from qa_toolkit.example import cast
from qa_toolkit.example.builder import Builder
from qa_toolkit.workflow import programme, setup, terms

QA_GROUP = setup.TIERS[0].name


def month(day: date, later: int = 0) -> str:
    """The month of a day, or one that many months later, as `2027-03`."""
    at = day.year * 12 + day.month - 1 + later
    return f"{at // 12}-{at % 12 + 1:02}"


class Programme:
    """The entries, kept by a word each, so that the audits that come of them can be named as they open."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.entries: dict[str, str] = {}

    def plan(
        self, word: str, title: str, kind: Kind, day: int, months: int, because: Because, why: str,
        asks: Mapping[str, int],
    ) -> None:  # fmt: skip
        """An entry that begins that many days from today, agreed at once."""
        first = self.builder.at(day).date()
        made = programme.plan(
            self.builder.workspace, title, kind, month(first), month(first, months - 1), because=because, why=why,
            asks=dict(asks), lead="audit lead of the business unit", tier=QA_GROUP, by=self.builder.by,
            now=self.builder.tick(),
        )  # fmt: skip
        self.entries[word] = made.id
        self.move(word, Standing.AGREED)

    def move(self, word: str, standing: Standing, *, audit: str = "", reason: str = "") -> None:
        """What became of an entry."""
        programme.move(
            self.builder.workspace, self.entries[word], standing, audit=audit, reason=reason, by=self.builder.by,
            now=self.builder.tick(),
        )  # fmt: skip


def plan_two_years(builder: Builder) -> Programme:
    """What was planned a year ago, and what is planned for the year to come."""
    made = Programme(builder)
    everybody = {member.agency: 8 for member in cast.AGENCIES}
    each = {member.agency: 1 for member in cast.AGENCIES}
    few = {member.agency: 4 for member in cast.AGENCIES[:5]}
    made.plan(
        "early", "Child exploitation: how early it is seen", Kind.CASE_FILE, -230, 2, Because.STRATEGY,
        "The strategy’s first theme asks how early exploitation is noticed, and nobody could say.", everybody,
    )  # fmt: skip
    made.plan(
        "homes", "Children placed far away: who knows them", Kind.CASE_FILE, -140, 2, Because.DATA,
        "Nine children were placed more than forty miles away, three of them with missing episodes.", few,
    )  # fmt: skip
    made.plan(
        "again", "Child exploitation: looked at again", Kind.RE_AUDIT, -85, 2, Because.EARLIER_AUDIT,
        "To see whether what the first audit found has changed.", {m.agency: 4 for m in cast.AGENCIES},
    )  # fmt: skip
    made.plan(
        "missing", "Children who go missing: what the return interview changes", Kind.CASE_FILE, -32, 2,
        Because.REVIEW, "A local review found that what children say after an episode stays where it was said.",
        {m.agency: 3 for m in cast.AGENCIES},
    )  # fmt: skip
    made.plan(
        "response", "How we respond to exploitation: this year’s self-assessment", Kind.SELF_ASSESSMENT, -15, 2,
        Because.STRATEGY, "The strategy asks every agency each year how far its response has come.", each,
    )  # fmt: skip
    made.plan(
        "transition", "Turning eighteen: who carries the plan on", Kind.CASE_FILE, 75, 2, Because.INSPECTION,
        "An inspection of a neighbouring area named the move to adult services as the weakest point.", few,
    )  # fmt: skip
    made.plan(
        "interviews", "Return interviews: a dip sample", Kind.DIP_SAMPLE, 130, 1, Because.EARLIER_AUDIT,
        "To confirm whether the change in return interviews has held.", {"social-care": 12, "lantern": 12},
    )  # fmt: skip
    made.move(
        "homes", Standing.POSTPONED,
        reason="The placement service was being inspected; the Quality Assurance Group agreed to wait a year.",
    )  # fmt: skip
    return made


EARLY = (
    KeyLine(text="How early was exploitation seen, and by whom?", sections=("UI",)),
    KeyLine(text="Does what children say after an episode change anything?", sections=("MR", "VC")),
    KeyLine(text="Is there one plan that every agency holds?", sections=("IS", "PW")),
)
MISSING = (
    KeyLine(text="Is the return interview offered in time, to every child?", sections=("RI",)),
    KeyLine(text="Does what the child says reach those who can act on it?", sections=("RI", "AP")),
)


def set_terms(builder: Builder, audit: str, lines: tuple[KeyLine, ...], cohort: str, outside: tuple[str, ...]) -> None:
    """The terms of reference of an audit, with its timetable."""
    file = builder.workspace.audit(audit)
    terms.set_terms(
        builder.workspace, audit, lines=lines, cohort=cohort, outside=outside, census=file.audit.opened,
        method="Single-agency audits, then one day of panel; practitioners are asked first.",
        governance="Under the partnership’s information-sharing agreement; returns are kept for two years.",
        slots=terms.ordinary_timetable(file.audit.opened, builder.calendar), by=builder.by, now=builder.tick(),
    )  # fmt: skip
