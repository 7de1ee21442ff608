"""`qa history`, `qa redact`, `qa verify`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import DAMAGE, OK, REFUSED
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.dates import show_moment
from qa_toolkit.domain.errors import InputError
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, audit_journal, audit_of, return_journal
from qa_toolkit.workflow import history as steps
from qa_toolkit.workflow import redacting, redacting_audits, returns, sealing, verifying


def history_arguments(parser: ArgumentParser) -> None:
    """What `qa history` takes."""
    parser.add_argument("what", nargs="?", default="", help="a return, an audit, an action; else the partnership’s own")
    parser.add_argument("question", nargs="?", default="", help="one question, person or other record of it")
    parser.add_argument("--json", action="store_true", help="as JSON")


def history(args: Namespace, context: Context) -> None:
    """Say who changed what, when, from what to what."""
    found, some = _steps(args, context)
    rows = []
    for step in found:
        if some and step.redacted:
            continue
        rows.append(
            {
                "line": str(step.seq),
                "when": show_moment(step.at, seconds=True),
                "who": step.by,
                "did": step.did + (f" ({step.why})" if step.why else ""),
                "what": step.id,
                "from": "(taken out)" if step.redacted else _words(step, step.before, args.what, context),
                "to": "(taken out)" if step.redacted else _words(step, step.after, args.what, context),
            }
        )
    context.table(rows, empty="Nothing was recorded under that name.", as_json=args.json)


def _steps(args: Namespace, context: Context) -> tuple[Iterable[steps.Step], bool]:
    """The steps that were asked for, and whether they are only some of a file's."""
    from qa_toolkit.workflow.plans import redacting as of_plans

    if args.what and not args.question and of_plans.holds(context.workspace, args.what):
        return _of_plans(args.what.strip().upper(), context), True
    name = _journal(args.what, context)
    return steps.history(context.workspace, name, id=args.question.upper()), bool(args.question)


def _of_plans(wanted: str, context: Context) -> Iterator[steps.Step]:
    """What was done to an action, a plan or a meeting, and to everything that belongs to it."""
    from qa_toolkit.domain.plans.records import Action
    from qa_toolkit.workflow.plans.keeping import visible_to

    action = context.workspace.actions_shelf.get(Action, wanted.partition("/")[0])
    if action is not None:
        visible_to(action, context.person)
    for step in steps.history(context.workspace, ACTIONS):
        if step.id.upper() == wanted or step.id.upper().startswith(f"{wanted}/"):
            yield step


def _journal(what: str, context: Context) -> str:
    if not what:
        return PARTNERSHIP
    audit = context.workspace.audit(audit_of(what))
    if what.upper() == audit.audit.id:
        sealing.require_moderation_open(context.workspace, audit.audit.id, context.by)
        return audit_journal(audit.audit.id)
    at = returns.opened(context.workspace, what)
    returns.readable(context.workspace, at, context.by)
    return return_journal(at.ret.id)


def _words(step: steps.Step, document: dict[str, Any] | None, return_id: str, context: Context) -> str:
    """A document as it is said: an answer in the words of its question, anything else as it is kept."""
    from qa_toolkit.domain.answers import Answer

    if document is None or step.table != Answer.table:
        return _said(document)
    from qa_toolkit.domain.answering import show_answer

    template = context.workspace.template_of(return_id.upper())
    question = template.questions.get(step.id)
    if question is None:
        return _said(document)
    answer = Answer.model_validate({**document, "id": step.id})
    texts = (f"{name}: {text}" for name in ("comment", "evidence") if (text := getattr(answer, name)))
    return "; ".join([show_answer(template, question, answer), *texts])


def _said(document: dict[str, Any] | None) -> str:
    if document is None:
        return "-"
    said = [f"{name}={value}" for name, value in document.items() if value not in ("", [], {}, False, None)]
    return "; ".join(said) or "empty"


def redact_arguments(parser: ArgumentParser) -> None:
    """What `qa redact` takes."""
    parser.add_argument(
        "return_id",
        metavar="return",
        help="the return’s id; or what stands under an id of its own, as A-2026-031/U003, F-2026-004 or CE-2026-01-C07",
    )
    parser.add_argument("what", nargs="?", default="", help="of a return: the question or concern, or “grade”")
    parser.add_argument("--why", required=True, help="why, without repeating the words")


def redact(args: Namespace, context: Context) -> None:
    """Take what was typed out of the record, past and present."""
    if args.what:
        count = redacting.redact(
            context.workspace, args.return_id, args.what, why=args.why, by=context.by, now=context.now
        )
    else:
        count = redacting_audits.redact_by_id(
            context.workspace, args.return_id, why=args.why, by=context.by, now=context.now
        )
    lines = "one line" if count == 1 else f"{count} lines"
    context.say(f"What was typed under {args.what or args.return_id} is taken out of {lines} of the record.")
    context.say("Backups, exports and files already sent are not reached. Ask those who hold them to remove theirs.")


def verify_arguments(parser: ArgumentParser) -> None:
    """What `qa verify` takes."""
    parser.add_argument("--against", type=path, metavar="FILE", help="a list kept earlier with --keep")
    parser.add_argument("--keep", type=path, metavar="FILE", help="write down where each file stands")
    parser.add_argument("--minutes", type=path, metavar="FILE", help="minutes, or another paper of a meeting: is what "
                        "they were made from still here?")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="as JSON")


def verify(args: Namespace, context: Context) -> int:
    """Check everything; exit 1 if anything is damaged, missing or changed."""
    if args.minutes:
        return _minutes(args, context)
    found = verifying.verify(context.workspace)
    later = _against(args.against, context) if args.against else []
    bad = bool(found.faults) or any(not ok for _, ok in later)
    if args.json:
        context.json(
            {
                "files": len(found.report.journals), "lines": found.report.lines, "filed_returns": found.filed,
                "faults": [str(f) for f in found.faults], "notices": [str(n) for n in found.report.notices],
                "against": [sentence for sentence, _ in later], "code": found.head,
            }
        )  # fmt: skip
    else:
        context.print(
            f"Checked {len(found.report.journals)} files with {found.report.lines} lines, each against the one before; "
            f"{found.expected} files that the records name; {found.filed} filed returns against their filing."
        )
        for fault in found.faults:
            context.print(f"FAULT   {fault}")
        for notice in found.report.notices:
            context.print(f"NOTE    {notice}")
        for sentence, _ in later:
            context.print(sentence)
        context.print("Faults were found. First of all, keep a copy of the folder as it is." if bad else "No fault.")
        if found.head:
            context.print(f"The code of this state is {found.head[:16]}. What was rewritten as a whole, or cut off at")
            context.print("its end, shows only against a list kept elsewhere: `qa verify --keep FILE` writes one.")
    if args.keep and not bad:
        from qa_toolkit.sheets.whole import written_whole
        from qa_toolkit.store import heads

        if args.keep.exists():
            raise InputError(f"{args.keep} is there already, so it was not replaced. Choose another name.")
        with written_whole(args.keep) as part:
            part.write_text(heads.to_text(heads.heads(context.workspace.folder)), encoding="utf-8")
        context.say(f"Wrote {args.keep}. Keep it somewhere else than the workspace.")
    return DAMAGE if bad else 0


def _minutes(args: Namespace, context: Context) -> int:
    """Exit 0 for yes, 1 for no, 3 where it cannot be told."""
    from qa_toolkit.reports.meetings.code import read_code
    from qa_toolkit.workflow.plans.minutes import Answer, held_against

    code = read_code(args.minutes)
    held = held_against(context.workspace, code)
    if args.json:
        context.json({"code": code, "answer": held.answer.value, "sentence": held.sentence})
    else:
        context.print(held.sentence)
    return {Answer.YES: OK, Answer.NO: DAMAGE}.get(held.answer, REFUSED)


def _against(file: Path, context: Context) -> list[tuple[str, bool]]:
    from qa_toolkit.store import heads
    from qa_toolkit.store.outside import read_outside_text

    filed = heads.from_text(read_outside_text(file, heads.LARGEST, "a list that `qa verify --keep` wrote"))
    compared = heads.contains(context.workspace.folder, filed)
    return [(f"{one.filed.name}: {one.change.value} since then ({one.seq} lines now)", one.ok) for one in compared]
