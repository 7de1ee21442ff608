"""Small templates and returns for trying rules, made from a line each."""

from __future__ import annotations

from datetime import date

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.returns import Return, ReturnHead
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.reading import read_template

HEAD = """
[template]
id = "graded"
title = "Graded"
edition = "1.0"
status = "draft"
kind = "dip_sample"
subject = "child"
{more}
[agencies]
police = "Police"
"""
SECTION = """
[[sections]]
id = "{id}"
title = "{id}"
scoring = "{scoring}"
"""
QUESTION = """
[[sections.questions]]
id = "{id}"
text = "Question {id}?"
type = "{type}"
{more}
"""


def template(*sections: str, more: str = "") -> Template:
    return read_template(HEAD.format(more="") + more + "".join(sections), "graded.toml")


def section(id: str, *questions: str, scoring: str = "median") -> str:
    return SECTION.format(id=id, scoring=scoring) + "".join(questions)


def question(id: str, type: str = "yes_partly_no", more: str = "") -> str:
    return QUESTION.format(id=id, type=type, more=more)


def a_return(**values: object) -> Return:
    head = ReturnHead(id="X-2026-01-C01-POLICE", audit="X-2026-01", subject="X-2026-01-C01", agency="police",
                      kind="police", rater="a@police", template="0" * 64, started=date(2026, 11, 1))  # fmt: skip
    answers = {}
    for name, value in values.items():
        id = name.replace("_", "-")
        if isinstance(value, Missing):
            answers[id] = Answer(id=id, missing=value)
        else:
            answers[id] = Answer(id=id, values=value if isinstance(value, dict) else {"answer": value})
    return Return(head=head, answers=answers)
