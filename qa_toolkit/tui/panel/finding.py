"""Raising a finding: one form, with how common it is and whether it was found before while it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.findings import AnswerRef, Finding, FindingKind, Tag, repeats
from qa_toolkit.domain.text import shorten
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.tui.forms.followed import FollowedForm, choice, written
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.workflow import findings

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

ALIKE = "alike"


async def ask(
    app: QAApp, audit_id: str, refs: Sequence[AnswerRef], *, subject: str = "", origin: str, by: str
) -> Finding | None:
    """The finding that was raised, or None. It rests on those of the answers that are chosen, or on the child alone.

    Raises:
        NotAllowed: Somebody who may not raise one.
    """
    workspace = app.workspace
    findings.require_raiser(workspace, by)
    file = workspace.audit(audit_of(audit_id))
    template, id = workspace.template(file.audit.template), file.audit.id
    themes = dict.fromkeys(theme for ref in refs for theme in template.section_of[ref.question].themes)
    made: list[Finding] = []

    # Worked out when it is first asked for: each may read much, and the form has to be there before the next key.
    @cache
    def alike(chosen: tuple[AnswerRef, ...]) -> tuple[AnswerRef, ...]:
        return findings.alike(workspace, id, chosen)

    @cache
    def earlier() -> list[Finding]:
        return findings.before(workspace, id)

    def rests_on(values: Values) -> list[AnswerRef]:
        chosen = [ref for ref in refs if ref.words in values.get("answers", [])]
        return [*chosen, *(alike(tuple(chosen)) if ALIKE in values.get(ALIKE, []) else ())]

    def about(values: Values) -> list[str]:
        return [subject] if subject and not rests_on(values) else []

    def tell(values: Values) -> str:
        if "kind" not in values:
            return ""
        try:
            draft = findings.draft(
                workspace, id, FindingKind(values["kind"]), answers=rests_on(values), subjects=about(values),
                themes=values.get("themes", []), cause=_cause(values),
            )  # fmt: skip
        except QAError as error:
            return str(error)
        seen = f"Seen in {findings.how_common(workspace, draft).sentence}."
        return "\n".join([seen, *(f"Found before: {one.sentence}" for one in repeats(draft, earlier())[:3])])

    def record(values: Values) -> None:
        if not rests_on(values) and not about(values) and refs:
            raise InputError("Choose at least one answer that shows it.")
        made.append(
            findings.raise_finding(
                workspace, id, FindingKind(values["kind"]), values["text"], answers=rests_on(values),
                subjects=about(values), themes=values.get("themes", []), cause=_cause(values),
                tags=[Tag(tag) for tag in values.get("tags", [])], origin=origin, by=by, now=app.now(), today=app.today,
            )
        )  # fmt: skip

    fields = [
        choice("kind", "What is it?", [(kind.value, kind.label) for kind in FindingKind]),
        written("text", "What was found? In a sentence, without names", long=True),
    ]
    if refs:
        shown = findings.answers_behind(workspace, findings.draft(workspace, id, FindingKind.SYSTEM, answers=refs))
        labels = [(one.ref.words, f"{one.ref.words}: {shorten(one.words, 30)}") for one in shown]
        fields.append(choice("answers", "Which answers show it?", labels, [value for value, _ in labels], several=True,
                             required=False))  # fmt: skip
        words = f"And every other answer in {id} that says the same"
        fields.append(choice(ALIKE, "In other returns", [(ALIKE, words)], [], several=True, required=False))
    causes = [(cause.value, cause.label) for cause in Cause]
    fields.append(choice("cause", "What lay behind it", causes, required=False))
    if template.themes:
        listed = [(theme, words) for theme, words in template.themes.items()]
        fields.append(choice("themes", "Themes", listed, list(themes), several=True, required=False))
    tags = [(tag.value, tag.label) for tag in Tag]
    fields.append(choice("tags", "For the yearly report", tags, [], several=True, required=False))
    title = f"Raise a finding: {refs[0].question + ', ' if refs else ''}{subject or id}"
    await app.push_screen_wait(FollowedForm(title, "", fields, record=record, tell=tell))
    if not made:
        return None
    app.notify(f"{made[0].id} is raised.", markup=False)
    return made[0]


def _cause(values: Values) -> Cause | None:
    return Cause(values["cause"]) if "cause" in values else None
