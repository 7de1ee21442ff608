"""Raising a finding: one form, with how common it is and whether it was found before while it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa_toolkit.domain.answers import Cause
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.findings import AnswerRef, Finding, FindingKind, Tag, repeats
from qa_toolkit.domain.text import shorten
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.tui.panelform import PanelForm, Values, choice, written
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
    others, earlier = findings.alike(workspace, id, refs), findings.before(workspace, id)
    themes = dict.fromkeys(theme for ref in refs for theme in template.section_of[ref.question].themes)
    main = {ref: (ref.question, _main(app, ref)) for ref in (*refs, *others)}
    made: list[Finding] = []

    def rests_on(values: Values) -> list[AnswerRef]:
        chosen = [ref for ref in refs if ref.words in values.get("answers", [])]
        same = {main[ref] for ref in chosen}
        return [*chosen, *(ref for ref in others if ALIKE in values.get(ALIKE, []) and main[ref] in same)]

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
        return "\n".join([seen, *(f"Found before: {one.sentence}" for one in repeats(draft, earlier)[:3])])

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
    if others:
        words = f"And every other answer that says the same: {len(others)} in {id}"
        fields.append(choice(ALIKE, "In other returns", [(ALIKE, words)], [], several=True, required=False))
    causes = [(cause.value, cause.label) for cause in Cause]
    fields.append(choice("cause", "What lay behind it", causes, required=False))
    if template.themes:
        listed = [(theme, words) for theme, words in template.themes.items()]
        fields.append(choice("themes", "Themes", listed, list(themes), several=True, required=False))
    tags = [(tag.value, tag.label) for tag in Tag]
    fields.append(choice("tags", "For the yearly report", tags, [], several=True, required=False))
    await app.push_screen_wait(PanelForm("Raise a finding", "", fields, check=record, tell=tell))
    if not made:
        return None
    app.notify(f"{made[0].id} is raised.", markup=False)
    return made[0]


def _main(app: QAApp, ref: AnswerRef) -> str:
    answer = app.workspace.ret(ref.return_id).answers.get(ref.question)
    return str(answer.main) if answer else ""


def _cause(values: Values) -> Cause | None:
    return Cause(values["cause"]) if "cause" in values else None
