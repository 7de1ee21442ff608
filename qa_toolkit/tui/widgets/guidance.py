"""What helps to answer a question: guidance, what to look for, the evidence asked for, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets import Static

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Question
from qa_toolkit.tui.text import lines_shown

SENSITIVE = "Give the log reference, never the intelligence itself."
NAMES = "Names cannot be told by rule: never write a child’s or a relative’s."
_EVIDENCE = {
    "none": "No evidence is asked for.",
    "optional": "Evidence may be given: a reference, never the record itself.",
    "required": "Evidence is asked for, at least {least} characters: where it can be seen, never the record itself.",
    "when_weak": "A weak answer needs evidence, at least {least} characters: where it can be seen.",
}


def evidence_rule(question: Question) -> str:
    """The rule for evidence, in a sentence."""
    return _EVIDENCE[question.evidence.rule].format(least=question.evidence.min_length)


def paragraphs(template: Template, question: Question, kind: str) -> Iterator[tuple[str, str]]:
    """Heading and text of each part of the guidance."""
    if guidance := question.guidance_for(kind):
        yield "How to judge (i)", guidance
    if looked := question.look_for_for(kind):
        yield "Look for", "\n".join(f"- {one}" for one in looked)
    yield "Evidence (e)", evidence_rule(question)
    if question.sensitive:
        yield "Sensitive", f"Only your agency and the chair see this answer. {SENSITIVE}"
    if Missing.NOT_SEEN in question.missing:
        yield "No answer?", "Not applicable, not known and not seen are three things; none counts as a low score."
    named = [source for source in template.sources if source.id in question.sources]
    if named:
        yield (
            "Rests on",
            "\n".join(
                f"- {s.title}, {s.edition}" + (f" (in force {show_date(s.in_force)})" if s.in_force else "")
                for s in named
            ),
        )


class Guidance(Static, can_focus=False):
    """The guidance of one question."""

    DEFAULT_CSS = "Guidance { height: auto; padding: 0 1; }"

    def tell(self, found: Sequence[tuple[str, str]]) -> None:
        """Show these headings and texts."""
        parts = []
        for heading, text in found:
            parts.append(Content(heading).stylize("bold $text-accent") + Content("\n") + lines_shown(text))
        self.update(Content("\n\n").join(parts))
