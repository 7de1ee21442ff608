"""`qa panel …`: the sitting, what it looks at, and what it agrees."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.answering import read_missing, read_value
from qa_toolkit.domain.comparing import Comparison, turning_points
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.domain.moderation import Asked, Confidence, Sitter, Whose, shifts_by_agency
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.workflow import hearings, moderation


def _case(parser: ArgumentParser) -> None:
    parser.add_argument("case", help="the case’s reference, such as CE-2026-01-C07")


def panel_convene_arguments(parser: ArgumentParser) -> None:
    """What `qa panel convene` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument("--day", required=True, help="the day on which it sits")
    parser.add_argument("--chair", required=True, help="who chairs, as handle@agency")
    parser.add_argument(
        "--present", action="append", default=[], metavar="WHO[=AGENCY]",
        help="a member, as handle@agency; or a guest’s role and agency, such as “practice manager=health”",
    )  # fmt: skip
    parser.add_argument("--case", action="append", default=[], help="a case, in the order in which they are heard")
    parser.add_argument("--minutes", type=int, default=40, help="minutes for each child; 40 unless said")
    parser.add_argument("--apologies", default="", help="who could not come")


def panel_convene(args: Namespace, context: Context) -> None:
    """Record that a panel sits, and who is there."""
    present = [_sitter(text) for text in args.present]
    panel = moderation.convene(
        context.workspace, args.audit, parse_date(args.day), chair=args.chair, present=present, subjects=args.case,
        minutes_each=args.minutes, apologies=args.apologies, by=context.by, now=context.now,
    )  # fmt: skip
    context.print(panel.id)
    counts = f"{len(panel.present)} present, {len(panel.subjects)} children"
    context.say(f"{panel.id} sits on {show_date(panel.day)}: {counts}.")


def panel_interest_arguments(parser: ArgumentParser) -> None:
    """What `qa panel interest` takes."""
    _case(parser)
    parser.add_argument("who", help="who declares it, as recorded present")
    parser.add_argument("why", help="what the interest is, in a few words")
    parser.add_argument("--stays", action="store_true", help="declared only: they do not abstain")
    parser.add_argument("--withdraw", action="store_true", help="take it back: it was recorded by mistake")


def panel_interest(args: Namespace, context: Context) -> None:
    """Record a declared interest in one child, or take one back that was recorded by mistake."""
    if args.withdraw:
        moderation.withdraw_interest(context.workspace, args.case, args.who, args.why, by=context.by, now=context.now)
        context.say(f"The interest of {args.who} in {args.case.upper()} is taken back.")
        return
    made = moderation.declare_interest(
        context.workspace, args.case, args.who, args.why, abstains=not args.stays, by=context.by, now=context.now
    )
    context.say(f"{made.who} {'abstains' if made.abstains else 'declared an interest'} for {made.subject}.")


def panel_begin_arguments(parser: ArgumentParser) -> None:
    """What `qa panel begin` takes."""
    _case(parser)


def panel_begin(args: Namespace, context: Context) -> None:
    """Begin a child's turn; the one before it ends."""
    turn = moderation.begin_turn(context.workspace, args.case, by=context.by, now=context.now)
    context.say(f"{turn.id} is heard.")


def panel_end_arguments(parser: ArgumentParser) -> None:
    """What `qa panel end` takes."""
    _case(parser)


def panel_end(args: Namespace, context: Context) -> None:
    """End a child's turn."""
    turn = moderation.end_turn(context.workspace, args.case, by=context.by, now=context.now)
    context.say(f"{turn.id} was heard in {turn.minutes(context.now)} minutes.")


def panel_show_arguments(parser: ArgumentParser) -> None:
    """What `qa panel show` takes."""
    _case(parser)
    parser.add_argument("--all", action="store_true", help="every question, not only where agencies differ")
    parser.add_argument("--json", action="store_true", help="as JSON")


def panel_show(args: Namespace, context: Context) -> None:
    """Show the agencies side by side for one child, biggest gap first."""
    hearings.require_reader(context.workspace, args.case, context.by, args.case.upper())
    heard = hearings.hearing(context.workspace, args.case)
    found = heard.comparison
    if args.json:
        context.json(_plain(found, heard))
        return
    context.print(f"{heard.subject}  {heard.file.audit.title}")
    if heard.quorum is not None:
        context.print(heard.quorum.sentence)
    for agency, id in heard.waiting.items():
        context.print(f"Not filed: {id} ({agency})")
    for agency, why in heard.sealed.items():
        context.print(f"Sealed: {agency}. {why}")
    for row in found.grades:
        context.print(f"\n{row.title}")
        said = {agency: grade.label for agency, grade in row.own.items()}
        said |= {agency: f"{g.label} (indicative)" for agency, g in row.indicative.items() if agency not in said}
        for agency, words in said.items():
            context.print(f"    {agency:<16}{words}")
        agreed = heard.agreed.get(row.of)
        if agreed is not None:
            context.print(f"    Agreed: {agreed.grade.label}. {agreed.reasons}")
    if found.contradictions:
        context.print("\nContradictions")
        for one in found.contradictions:
            context.print(f"  {one.question.id}  {one.contradiction}")
    context.print("\nWhere agencies differ, most first" if not args.all else "\nEvery question")
    for one in found.questions:
        if one.gap or args.all:
            context.print(f"  {one.question.id}  {one.question.text}")
            for agency, words in one.words.items():
                context.print(f"      {agency}: {words}")
    for shift in heard.shifts:
        context.print(f"\n{shift.agency}: {shift.sentence}")
    turning = turning_points(heard.template, heard.returns, heard.file.subjects[heard.subject].facts)
    if turning:
        context.print("\nWhat would have changed an indicative grade")
    for point in turning:
        context.print(f"  {point.sentence}")


def _plain(found: Comparison, heard: hearings.Hearing) -> dict[str, object]:
    return {
        "case": heard.subject,
        "waiting": dict(heard.waiting),
        "sealed": dict(heard.sealed),
        "grades": [
            {"of": row.of, "gap": row.gap, "own": {a: g.value for a, g in row.own.items()},
             "indicative": {a: g.value for a, g in row.indicative.items()}}
            for row in found.grades
        ],
        "agreed": {of: grade.grade.value for of, grade in heard.agreed.items()},
        "questions": [
            {"question": row.question.id, "gap": round(row.gap, 3), "answers": row.words,
             "contradiction": row.contradiction}
            for row in found.questions
        ],
    }  # fmt: skip


def panel_agree_arguments(parser: ArgumentParser) -> None:
    """What `qa panel agree` takes."""
    _case(parser)
    parser.add_argument("grade", choices=[grade.value for grade in Grade], help="the grade that the panel agrees")
    parser.add_argument("--reasons", required=True, help="what decided it, in a sentence or two")
    parser.add_argument("--section", default=OVERALL, help="of one section; the whole unless said")
    parser.add_argument("--confidence", choices=[one.value for one in Confidence], default="high", help="how sure")
    parser.add_argument("--dissent", default="", help="who saw it otherwise and why, in their words")


def panel_agree(args: Namespace, context: Context) -> None:
    """Record the panel's grade; the agencies' own grades stay as they are."""
    made = moderation.agree(
        context.workspace, args.case, Grade(args.grade), args.reasons, of=args.section,
        confidence=Confidence(args.confidence), dissent=args.dissent, by=context.by, now=context.now,
    )  # fmt: skip
    heard = hearings.hearing(context.workspace, args.case)
    context.say(f"Agreed for {made.subject}: {made.grade.label}.")
    if heard.quorum is not None and not heard.quorum.met:
        context.say(heard.quorum.sentence)


def panel_answer_arguments(parser: ArgumentParser) -> None:
    """What `qa panel answer` takes."""
    _case(parser)
    parser.add_argument("question", help="a question that the template asks the panel")
    parser.add_argument("value", help="the answer, or not applicable, not known, not seen")
    parser.add_argument("--part", action="append", default=[], metavar="PART=VALUE", help="a further part")
    parser.add_argument("--comment", default="", help="a comment")
    parser.add_argument("--reason", default="", help="why it does not apply")


def panel_answer(args: Namespace, context: Context) -> None:
    """Record the panel's answer to a question that is asked once for each child."""
    workspace = context.workspace
    template = workspace.template(workspace.audit(audit_of(args.case)).audit.template)
    question = template.questions.get(args.question.upper())
    if question is None:
        raise NotFound(f"{template.title} has no question {args.question}.")
    missing = read_missing(args.value)
    values = {} if missing else {question.main.id: read_value(template, question, question.main, args.value)}
    for pair in args.part:
        name, equals, text = pair.partition("=")
        part = question.part(name.strip())
        if not equals or part is None:
            raise InputError(f"“{pair}” names no part of {question.id}: write PART=VALUE.")
        values[part.id] = read_value(template, question, part, text)
    made = moderation.panel_answer(
        workspace, args.case, question.id, values, missing=missing, reason=args.reason, comment=args.comment,
        by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"Saved: {made.question} for {made.subject}.")


def panel_voice_arguments(parser: ArgumentParser) -> None:
    """What `qa panel voice` takes."""
    _case(parser)
    parser.add_argument("whose", choices=[one.value for one in Whose], help="whose view")
    parser.add_argument("asked", choices=[one.value for one in Asked], help="whether it was asked, and what came of it")
    parser.add_argument("--asked-by", default="", help="role of the person who asked")
    parser.add_argument("--view", default="", help="the view, without names")
    parser.add_argument("--used", default="", help="what the panel made of it")


def panel_voice(args: Namespace, context: Context) -> None:
    """Record what came of asking the practitioner, the child or the family."""
    made = moderation.record_voice(
        context.workspace, args.case, Whose(args.whose), Asked(args.asked), asked_by=args.asked_by, view=args.view,
        used=args.used, by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"{made.whose.value.capitalize()}: {made.asked.label.lower()}.")


def panel_ledger_arguments(parser: ArgumentParser) -> None:
    """What `qa panel ledger` takes."""
    parser.add_argument("audit", nargs="*", help="one audit, or several; all of them unless named")
    parser.add_argument("--sections", action="store_true", help="sections too, not only the whole")
    parser.add_argument("--json", action="store_true", help="as JSON")


def panel_ledger(args: Namespace, context: Context) -> None:
    """List what moved between the agencies' grades and the agreed ones, and why."""
    workspace = context.workspace
    for id in args.audit:
        hearings.require_reader(workspace, id, context.by)
    if args.audit:
        everything = [shift for id in args.audit for shift in hearings.ledger(workspace, id)]
    else:
        ledgers = hearings.ledgers(workspace, by=context.by)
        everything = list(ledgers.shifts)
        for why in ledgers.closed:
            context.say(why)
    found = everything if args.sections else [shift for shift in everything if shift.of == OVERALL]
    rows = [
        {"case": s.subject, "of": "whole" if s.of == OVERALL else s.of, "agency": s.agency, "own": s.own.label,
         "agreed": s.agreed.label, "steps": f"{s.steps:+d}" if s.steps else "0", "why": s.reasons}
        for s in found
    ]  # fmt: skip
    context.table(rows, empty="No agreed grade stands beside one of a filed return yet.", as_json=args.json)
    if not args.json:
        for agency in shifts_by_agency(found):
            context.print(f"{agency.agency}: {agency.sentence}")


def _out_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=path, help="the folder to write into")
    parser.add_argument("--format", choices=["docx", "txt"], action="append", help="Word or text alone")
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def panel_papers_arguments(parser: ArgumentParser) -> None:
    """What `qa panel papers` takes."""
    parser.add_argument("of", metavar="AUDIT", help="the audit’s id; or one case, such as CE-2026-01-C07")
    _out_arguments(parser)
    parser.add_argument("--for-chair", action="store_true", help="the chair’s own copy, with what is sensitive")


def panel_papers(args: Namespace, context: Context) -> None:
    """Write the panel's paper for each child, as Word and as text."""
    from qa_toolkit.reports.panels.out import FORMATS, write_panel_papers  # only where something is written

    written = write_panel_papers(
        context.workspace, args.of, args.folder, formats=args.format or FORMATS, for_chair=args.for_chair,
        by=context.by, now=context.now, force=args.force,
    )  # fmt: skip
    for file in written:
        context.print(str(file))


def panel_minutes_arguments(parser: ArgumentParser) -> None:
    """What `qa panel minutes` takes."""
    parser.add_argument("audit", help="the audit’s id")
    _out_arguments(parser)


def panel_minutes(args: Namespace, context: Context) -> None:
    """Write the minutes of the latest sitting, as Word and as text."""
    from qa_toolkit.reports.panels.out import FORMATS, write_panel_minutes  # only where something is written

    written = write_panel_minutes(
        context.workspace, args.audit, args.folder, formats=args.format or FORMATS, by=context.by, now=context.now,
        force=args.force,
    )  # fmt: skip
    for file in written:
        context.print(str(file))


def panel_present_arguments(parser: ArgumentParser) -> None:
    """What `qa panel present` takes."""
    parser.add_argument("audit", help="the audit’s id")
    parser.add_argument(
        "--came", action="append", default=[], metavar="WHO[=AGENCY]", help="somebody who came later"
    )  # fmt: skip
    parser.add_argument("--left", action="append", default=[], metavar="WHO", help="somebody who left")
    parser.add_argument("--apologies", help="who could not come")
    parser.add_argument("--minutes", type=int, help="minutes for each child")


def panel_present(args: Namespace, context: Context) -> None:
    """Record who came later or left; what was agreed before keeps who was there then."""
    panel = moderation.change_sitting(
        context.workspace, args.audit, came=[_sitter(text) for text in args.came], left=args.left,
        apologies=args.apologies, minutes_each=args.minutes, by=context.by, now=context.now,
    )  # fmt: skip
    context.say(f"{panel.id}: {len(panel.present)} present.")


def _sitter(text: str) -> Sitter:
    who, _, agency = text.partition("=")
    return Sitter(who=who.strip(), agency=agency.strip())
