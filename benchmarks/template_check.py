"""A template of 4,000 questions, read and checked, against tomllib's own time on the same text.

    python benchmarks/template_check.py [--questions N]

Budget: 2 times tomllib's own time.
"""

from __future__ import annotations

import argparse
import tomllib

from measure import machine, median_ms, paired_ms, report, report_ms

from qa_toolkit.domain.template.applying import Facts, shown
from qa_toolkit.domain.template.reading import read_template

HEAD = """[template]
id = "large"
title = "Large"
edition = "1.0"
status = "draft"
kind = "dip_sample"
subject = "child"

[agencies]
police = "Police"
health = "Health"
education = "Education"
"""
SECTION = """
[[sections]]
id = "S{s}"
title = "Section {s}"
"""
QUESTION = """
[[sections.questions]]
id = "S{s}-{q:03}"
text = "Was step {q} of part {s} taken in the time that the plan gives for it?"
type = "yes_partly_no"
agencies = ["police", "health"]
guidance = "Look at the plan and at the record of the step."
evidence = {{ rule = "when_weak", min_length = 20 }}
limits = [{{ is = ["no"], caps = "section" }}]
{condition}
[[sections.questions.parts]]
id = "days"
type = "integer"
min = 0
max = 400
show_if = {{ is = ["no", "partly"] }}
"""
CONDITION = 'show_if = {{ question = "S{s}-000", is = ["yes", "partly"] }}\n'


def made_up(questions: int) -> str:
    """The text of a template of about that many questions, forty to a section."""
    lines = [HEAD]
    for number in range(questions):
        section, question = divmod(number, 40)
        if not question:
            lines.append(SECTION.format(s=section))
        condition = CONDITION.format(s=section) if question % 4 == 3 else ""
        lines.append(QUESTION.format(s=section, q=question, condition=condition))
    return "".join(lines)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=4000)
    count = parser.parse_args().questions
    text = made_up(count)
    print(machine())
    print(f"template of {count} questions, {len(text.encode()):,} bytes")
    read_template(made_up(1), "warm.toml")
    times = paired_ms(lambda: read_template(text, "large.toml"), lambda: tomllib.loads(text), 7)
    report("a template read and checked", *times, 2, "tomllib alone")
    form = read_template(made_up(42), "form.toml")
    facts = Facts("police", {}, {id: {"answer": "yes"} for id in form.questions})
    report_ms("what is shown of 42 questions", median_ms(lambda: shown(form, facts), 200), 2)


if __name__ == "__main__":
    main()
