"""A workspace with one return to score: from the dip sample, or from a template with a part of every type."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, returns, setup, starting, submission

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BOSS = "co@business-unit"
RATER = "a.auditor@police"
LEAD = "l.lead@police"

EVERY_TYPE = """
[template]
id = "every-type"
title = "A part of every type"
edition = "1.0"
status = "issued"
issued = 2026-09-01
kind = "case_file"
subject = "child"
summary = "For trying every key."
[agencies]
police = "Police"
[[sources]]
id = "wt"
title = "Working Together"
edition = "2023"
in_force = 2023-12-15
[[header]]
id = "age_band"
label = "Age band"
type = "choice"
options = ["10 to 12", "13 to 14"]
[[header]]
id = "saw"
label = "Records that you saw"
type = "choices"
options = ["Crime", "Intelligence", "Custody"]
about = "return"
[[header]]
id = "files"
label = "Files read"
type = "integer"
about = "return"
[[sections]]
id = "S"
title = "Safety"
scoring = "none"
[[sections.questions]]
id = "S-01"
text = "Is the child safe enough today?"
type = "yes_no_unsure"
purpose = "safety"
raises_concern = ["no", "unsure"]
missing = []
[[sections]]
id = "T"
title = "Types"
%s
"""

SCALES = ("yes_no", "yes_partly_no", "yes_no_unsure", "grade", "rag", "met_partly_not", "meets_good", "maturity")
PLAIN = ("integer", "percentage", "date", "short_text", "long_text", "evidence_list")


def every_type() -> str:
    """The text of the template."""
    made = [_question(f"T-{n:02}", f'type = "{type}"') for n, type in enumerate((*SCALES, *PLAIN), start=1)]
    twelve = ", ".join(f'"Option {n}"' for n in range(1, 13))
    made.append(_question("T-20", f'type = "choices"\noptions = [{twelve}]'))
    made.append(_question("T-21", 'type = "timed"\n'
                          'standard = {within = 3, unit = "days", days = "working", source = "wt"}'))  # fmt: skip
    made.append(_question("T-22", 'type = "matrix"\nscale = "yes_no"\nrows = [{id = "home", label = "At home"},'
                                  ' {id = "school", label = "At school"}]'))  # fmt: skip
    made.append(_question("T-23", 'type = "repeat"\ncolumns = [{id = "began", label = "Began", type = "date"}, '
                                  '{id = "hours", label = "Hours", type = "integer"}, '
                                  '{id = "seen", label = "Child seen", type = "yes_no"}]'))  # fmt: skip
    made.append(_question("T-24", 'parts = [{id = "answer", type = "grade"}, '
                                  '{id = "days", label = "Days it took", type = "integer",'
                                  ' unit = "days"}]'))  # fmt: skip
    made.append('[[sections]]\nid = "J"\ntitle = "Grade"\nscoring = "none"\n')
    made.append(_question("J-01", 'type = "grade"\npurpose = "auditors_grade"\nmissing = []'))
    return EVERY_TYPE % "\n".join(made)


def _question(id: str, rest: str) -> str:
    return f'[[sections.questions]]\nid = "{id}"\ntext = "Question {id}: was it done in time and well?"\n{rest}\n'


class Clock:
    """A clock that moves on by a second each time it is read."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def a_workspace(root: Path, template: str = "", *, agency_check: bool = False, facts: dict[str, str] | None = None,
                title: str = "An audit") -> Workspace:  # fmt: skip
    """A workspace with one audit of one child and a return owed by the police, whose rater is named."""
    boss = Person(id=BOSS, name="Co Ordinator", roles=(Role.COORDINATOR,))
    workspace = setup.make_workspace(root, "Northshire", first=boss, now=START)
    setup.add_agency(workspace, "police", "Police", "police", by=BOSS, now=START)
    setup.add_person(workspace, RATER, "Alex Auditor", by=BOSS, now=START)
    setup.add_person(workspace, LEAD, "Lee Lead", (Role.AGENCY_LEAD, Role.AUDITOR), by=BOSS, now=START)
    if template:
        read, source = read_template(template, "every.toml"), template
    else:
        read, source = library.load("dip-sample")
    audits.open_audit(
        workspace, "CE-2026-01", title, read, source, agencies=["police"], due=date(2026, 12, 4), opened=TODAY,
        agency_check=agency_check, phone="Duty team, 01632 960000", by=BOSS, now=START,
    )  # fmt: skip
    audits.add_case(workspace, "CE-2026-01", facts=facts or {"age_band": "13 to 14"}, by=BOSS, now=START, today=TODAY)
    audits.allocate(workspace, RETURN, RATER, by=BOSS, now=START)
    return workspace


RETURN = "CE-2026-01-C01-POLICE"


def a_full_return(workspace: Workspace, *, send: bool = False) -> Workspace:
    """Every question of the dip sample answered, with evidence and grade; sent in, if asked."""
    weak = "Log 12 of the plan, pages 3 to 7"
    values: dict[str, object] = {"S0-1": "yes", "PL-01": "partly", "PL-03": "good", "PL-04": "no", "VC-01": "yes"}
    values["PL-02"] = {"from": "2026-11-02", "to": "2026-11-06"}
    answers = [Answer(id=id, values={"answer": value}, evidence=weak, comment="Seen.") for id, value in values.items()]
    returns.answer_all(workspace, RETURN, answers, by=RATER, now=START)
    returns.grade(workspace, RETURN, Grade.GOOD, reasons="Sound.", departure="Late but sound.", seen=None, by=RATER,
                  now=START)  # fmt: skip
    if send:
        notes = tuple(note.where for note in submission.what_to_note(returns.opened(workspace, RETURN)))
        submission.submit(workspace, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER,
                          now=START)  # fmt: skip
    return workspace


def a_return(workspace: Workspace, *, declared: bool = True) -> Workspace:
    """The return begun, and independence declared."""
    starting.start(workspace, RETURN, by=RATER, now=START, today=TODAY)
    if declared:
        returns.declare(workspace, RETURN, Relation.NONE, by=RATER, now=START)
    return workspace
