"""A small template as text, for tests that spoil it: one line at a time, so that line numbers can be told."""

from __future__ import annotations

from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.reading import read_template

SMALL = """\
[template]
id = "small"
title = "Small"
edition = "1.0"
status = "draft"
kind = "case_file"
subject = "child"

[agencies]
police = "Police"
health = "Health"

[themes]
plan = "Planning"

[[sources]]
id = "wt"
title = "Working Together"
edition = "2023"

[scales.steps]
title = "Steps"
options = [{ value = "low", label = "Low", score = 1, weak = true }, { value = "high", label = "High", score = 3 }]

[[header]]
id = "episodes"
label = "Missing episodes"
type = "integer"

[[header]]
id = "care"
label = "Care status"
type = "choice"
options = ["At home", "In care"]

[[sections]]
id = "S0"
title = "Safety"

[[sections.questions]]
id = "S0-1"
text = "Is the child safe today?"
type = "yes_no_unsure"
purpose = "safety"
raises_concern = ["no", "unsure"]

[[sections]]
id = "UI"
title = "Identify"
themes = ["plan"]

[[sections.questions]]
id = "UI-01"
text = "Were the first signs noticed?"
type = "yes_partly_no"
evidence = "required"
limits = [{ is = ["no"] }]
sources = ["wt"]

[[sections.questions]]
id = "UI-02"
text = "How many workers were there?"
type = "integer"
show_if = { question = "UI-01", is = ["partly", "no"] }

[[sections.questions.parts]]
id = "days"
type = "integer"

[[sections]]
id = "J"
title = "Judgement"

[[sections.questions]]
id = "J-1"
text = "What is your grade?"
type = "grade"
purpose = "auditors_grade"
"""


def spoiled(old: str, new: str, text: str = SMALL) -> str:
    """The text with its one occurrence of `old` replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def small(*changes: tuple[str, str]) -> Template:
    """The small template with these replacements made."""
    text = SMALL
    for old, new in changes:
        text = spoiled(old, new, text)
    return read_template(text, "small.toml")


def with_question(lines: str) -> Template:
    """The small template with one more question, `XX-01`, in a section of its own before the judgement."""
    question = f'[[sections]]\nid = "XX"\ntitle = "More"\n\n[[sections.questions]]\nid = "XX-01"\n{lines}\n\n'
    return small(('[[sections]]\nid = "J"', question + '[[sections]]\nid = "J"'))
