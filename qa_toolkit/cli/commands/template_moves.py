"""`qa audit move`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.moving_template import Fate, MovePlan
from qa_toolkit.store import library
from qa_toolkit.workflow import allowed, template_moves

_HEADINGS = {
    Fate.LOST: "Asked again: the answers changed", Fate.ORPHANED: "No longer asked",
    Fate.REWORDED: "Reworded: answers stay, and their raters are told", Fate.NEW: "New",
}  # fmt: skip


def audit_move_arguments(parser: ArgumentParser) -> None:
    """What `qa audit move` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("template", nargs="?", default="", help="the other version: a .toml file, or a shipped id")
    parser.add_argument("--reason", default="", help="why, in a few words; needed with --yes")
    parser.add_argument("--back", action="store_true", help="take the latest move back")
    parser.add_argument("--yes", action="store_true", help="do it; without, only the plan is printed")
    parser.add_argument("--json", action="store_true", help="the plan as JSON")


def audit_move(args: Namespace, context: Context) -> None:
    """Print what moving a running audit to another version of its template would do; do it with --yes."""
    workspace = context.workspace
    if bool(args.template) == args.back:
        raise InputError("Name the other version of the template, or take the latest move back with --back.")
    allowed.coordinator(workspace, context.by, "move an audit to another version of its template")
    source = ""
    if args.back:
        template = workspace.template(template_moves.move_to_undo(workspace, args.audit).before)
    else:
        template, source = library.load(args.template)
    plan = template_moves.plan_move(workspace, args.audit, template)
    if args.json:
        context.json(_plain(plan))
    else:
        for line in _lines(plan, template_moves.parcels_out(workspace, plan.audit)):
            context.print(line)
    if not args.yes:
        back = "." if args.back else ", and `qa audit move --back` takes it back."
        context.say(f"Nothing was changed: with --yes it is done{back}")
        return
    if args.back:
        made = template_moves.move_back(workspace, args.audit, by=context.by, now=context.now)
    else:
        made = template_moves.move(workspace, args.audit, template, source, args.reason, by=context.by, now=context.now)
    context.say(f"{plan.audit} is on edition {made.after_edition} now ({made.id}). Nothing was taken out of a return.")


def _lines(plan: MovePlan, parcels: list[str]) -> list[str]:
    before, after = plan.before.edition, plan.after.edition
    stay = "1 answer stays as it is." if plan.kept == 1 else f"{plan.kept} answers stay as they are."
    lines = [f"{plan.audit}: {plan.after.id}, from edition {before} to {after}", stay]
    for fate, heading in _HEADINGS.items():
        if met := [line for line in plan.lines if line.fate is fate]:
            lines += ["", heading]
            lines += [f"  {one.question} {one.sentence}{_answers(one.answers, fate)}" for one in met]
    if plan.facts:
        lines += ["", f"Facts that stay in the record and are no longer asked: {', '.join(plan.facts)}."]
    if plan.submitted:
        one = len(plan.submitted) == 1
        verbs = ("return was", "stays as it was") if one else ("returns were", "stay as they were")
        named = ", ".join(plan.submitted)
        lines += ["", f"{len(plan.submitted)} {verbs[0]} sent in already, and {verbs[1]} until given back: {named}."]
    lines += ["", "Audit tools that went out as workbooks are refused when they come back after this: send new ones."]
    if parcels:
        lines.append(f"So are parcels, and some went out to {', '.join(parcels)}: take theirs in first.")
    return lines


def _answers(count: int, fate: Fate) -> str:
    if not count or fate is Fate.NEW:
        return ""
    kept = "" if fate is Fate.REWORDED else ", kept in the record"
    return f" ({count} answer{'s' if count != 1 else ''}{kept})"


def _plain(plan: MovePlan) -> dict[str, object]:
    return {
        "audit": plan.audit, "from": plan.before.edition, "to": plan.after.edition, "kept": plan.kept,
        "questions": [
            {"question": one.question, "fate": one.fate.value, "what": one.sentence, "answers": one.answers}
            for one in plan.lines
        ],
        "facts_no_longer_asked": list(plan.facts), "submitted": list(plan.submitted),
    }  # fmt: skip
