"""Advice on a template that can be used, but could ask better. Advice refuses nothing.

A rule that is broken on purpose is named under `accepted`, on the question or in `[template]`, with the reason; the
advice then stands as accepted. The rules err towards silence: a rule that cries wolf is switched off in people's heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from qa_toolkit.domain.template.check_conditions import names_in
from qa_toolkit.domain.template.faults import did_you_mean
from qa_toolkit.domain.template.lint_wording import is_double, is_leading, long_sentences, repeated
from qa_toolkit.domain.template.model import Section, Template
from qa_toolkit.domain.template.questions import Missing, Part, PartType, Purpose, Question
from qa_toolkit.domain.template.reach import never_met
from qa_toolkit.domain.template.scales import Option

RULES: Final[Mapping[str, str]] = {
    "double_barrelled": "asks two things in one question, so that an answer cannot tell which was meant",
    "leading_question": "hints at the answer that is hoped for, or takes it as given",
    "long_sentence": "has a sentence of more than thirty words",
    "repeated_wording": "asks the same agency nearly the same as another question",
    "no_guidance": "is scored, and says neither what counts nor what to look for",
    "no_not_applicable": "must be answered, and offers no way to say that it does not apply",
    "unreachable_question": "hangs on a condition that an agency which is asked it can never meet",
    "unreachable_option": "has an option that no answer can reach, because an earlier one has the same name",
    "asked_later": "hangs on a question that comes after it, so that it appears behind the auditor",
    "evidence_never_asked": "asks evidence for weak answers, and none of its answers is weak",
    "unused_scale": "a scale of the template’s own that no question uses",
    "unused_theme": "a theme that no section or question has",
    "accepted_in_vain": "accepts advice that is not given, or gives no reason",
}
"""Rule to what it finds, in words."""

_TEXTS: Final = (PartType.SHORT_TEXT, PartType.LONG_TEXT, PartType.EVIDENCE_LIST, PartType.REPEAT)


@dataclass(frozen=True)
class Advice:
    """One piece of advice."""

    rule: str
    where: str
    """`section UI, question UI-04`, or `the template`."""
    sentence: str
    accepted: str = ""
    """The reason for breaking the rule on purpose; empty for advice that stands."""

    def __str__(self) -> str:
        mark = f" Accepted: {self.accepted}" if self.accepted else ""
        return f"{self.where}: {self.sentence} [{self.rule}]{mark}"


def lint(template: Template) -> list[Advice]:
    """All advice, in the order of the questions, then on the whole; what is accepted carries its reason."""
    found: list[Advice] = []
    whole = list(_whole(template))
    double = dict(repeated((q.id, q.text) for q in template.questions.values()))
    for section in template.sections:
        for question in section.questions:
            where = f"section {section.id}, question {question.id}"
            raised = [Advice(rule, where, words) for rule, words in _question(question, section, template, double)]
            found += _accept(raised, question.accepted, template.accepted, where)
    for section in template.sections:
        intro = [Advice("long_sentence", f"section {section.id}", words) for words in long_sentences(section.intro)]
        found += _accept(intro, {}, template.accepted, "")
    found += _accept(whole, template.accepted, {}, "")
    everywhere = {advice.rule for advice in found if advice.accepted}
    vain = [rule for rule in template.accepted if rule not in everywhere or not template.accepted[rule].strip()]
    return found + [_in_vain("the template", rule, template.accepted[rule]) for rule in vain]


def _accept(raised: Iterable[Advice], own: Mapping[str, str], wider: Mapping[str, str], where: str) -> Iterator[Advice]:
    used = set()
    for advice in raised:
        reason = (own.get(advice.rule) or wider.get(advice.rule) or "").strip()
        used.add(advice.rule)
        yield replace(advice, accepted=reason) if reason else advice
    if where:
        for rule, reason in own.items():
            if rule not in used or not reason.strip():
                yield _in_vain(where, rule, reason)


def _in_vain(where: str, rule: str, reason: str) -> Advice:
    if rule not in RULES:
        return Advice("accepted_in_vain", where, f"“{rule}” is not a rule.{did_you_mean(rule, RULES)}")
    if not reason.strip():
        return Advice("accepted_in_vain", where, f"{rule} is accepted without a reason: give one.")
    return Advice("accepted_in_vain", where, f"{rule} is accepted, but there is no such advice: take it out.")


def _question(
    question: Question, section: Section, template: Template, double: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    yield from _wording(question)
    if question.id in double:
        others = template.agencies_of(double[question.id]) & template.agencies_of(question.id)
        if others or not template.agencies:
            yield "repeated_wording", f"asks nearly the same as {double[question.id]}: join them, or tell them apart."
    scored = question.purpose is Purpose.SCORED and question.asked_of == "agency"
    if scored and not (question.guidance or question.look_for or question.wording):
        yield "no_guidance", "says neither what counts nor what to look for: add guidance or look_for."
    if scored and question.required and not _may_not_apply(question, template):
        yield "no_not_applicable", "offers no way to say that it does not apply: add not_applicable to missing."
    yield from _reach(question, section, template)
    for part in _all_parts(question.parts):
        yield from _options(part, template.options_of(part))
    if question.evidence.rule == "when_weak" and not _can_be_weak(question, template):
        yield "evidence_never_asked", "asks evidence for weak answers and has none: mark one weak, or change the rule."


def _wording(question: Question) -> Iterator[tuple[str, str]]:
    texts = [question.text, *(wording.text for wording in question.wording.values() if wording.text)]
    guidance = [question.guidance, *(wording.guidance for wording in question.wording.values())]
    narrative = question.main.type in _TEXTS
    # Parts are the remedy for two asks, and a narrative may well answer both.
    asks = [] if narrative or len(question.parts) > 1 else [two for text in texts if (two := is_double(text))]
    if asks:
        yield "double_barrelled", f"asks two things at once ({asks[0]}): make two parts of it, or ask one."
    hints = [hint for text in texts if (hint := is_leading(text))]
    if hints:
        yield "leading_question", f"hints at an answer ({hints[0]}): ask it openly."
    for text in (*texts, *guidance):
        for words in long_sentences(text):
            yield "long_sentence", words


def _can_be_weak(question: Question, template: Template) -> bool:
    if question.limits or any(part.type is PartType.TIMED for part in question.parts):
        return True
    return any(option.weak for part in _all_parts(question.parts) for option in template.options_of(part))


def _may_not_apply(question: Question, template: Template) -> bool:
    options = template.options_of(question.main)
    return Missing.NOT_APPLICABLE in question.missing or any(
        "not applicable" in option.label.casefold() or option.value in ("na", "n_a", "none") for option in options
    )


def _reach(question: Question, section: Section, template: Template) -> Iterator[tuple[str, str]]:
    conditions = [condition for condition in (section.show_if, question.show_if) if condition is not None]
    if not conditions:
        return
    kinds = [kind for kind in template.agencies if kind in template.agencies_of(question.id)] or [""]
    never = [kind for kind in kinds if any(never_met(condition, template, kind) for condition in conditions)]
    if never and question.asked_of == "agency":
        names = ", ".join(never) if never != [""] else "anybody"
        yield "unreachable_question", f"is never shown to {names}: change the condition, or ask other agencies."
    order = list(template.questions)
    for condition in conditions:
        later = [name for name in names_in(condition) if order.index(name) > order.index(question.id)]
        if later:
            yield "asked_later", f"hangs on {later[0]}, which comes after it: move {later[0]} before it."


def _all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from part.columns


def _options(part: Part, options: tuple[Option, ...]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for option in options:
        label = option.label.strip().casefold()
        if label in seen:
            yield "unreachable_option", f"has two options called {option.label}: the second can never be told apart."
        seen[label] = option.value


def _whole(template: Template) -> Iterator[Advice]:
    used: set[str] = set()
    themes: set[str] = {theme for section in template.sections for theme in section.themes}
    for question in template.questions.values():
        used.update(part.scale for part in _all_parts(question.parts))
        themes.update(question.themes)
    for scale in template.scales:
        if scale.id not in used:
            yield Advice("unused_scale", f"scale {scale.id}", "is used by no question: take it out.")
    for theme in template.themes:
        if theme not in themes:
            yield Advice("unused_theme", f"theme {theme}", "belongs to no section or question: take it out.")


def standing(advice: Iterable[Advice]) -> list[Advice]:
    """The advice that nobody has accepted."""
    return [one for one in advice if not one.accepted]
