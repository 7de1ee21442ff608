"""`qa return start|show|declare|fact|answer|clear|grade`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.commands.audits import facts_of
from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.answering import read_missing, read_value, show_answer
from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.progress import items
from qa_toolkit.domain.returns import OVERALL, Relation
from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.exchange.answers_file import read_answers
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.workflow import returns, starting, submission


def _return(parser: ArgumentParser) -> None:
    parser.add_argument("return_id", metavar="return", help="the return’s id, such as CE-2026-01-C07-POLICE")


def return_start_arguments(parser: ArgumentParser) -> None:
    """What `qa return start` takes."""
    _return(parser)


def return_start(args: Namespace, context: Context) -> None:
    """Start a return."""
    ret = starting.start(context.workspace, args.return_id, by=context.by, now=context.now, today=context.today)
    context.say(f"{ret.id} is started. Next: `qa return declare {ret.id} none`, if you have no part in the case.")


def return_declare_arguments(parser: ArgumentParser) -> None:
    """What `qa return declare` takes."""
    _return(parser)
    parser.add_argument("relation", choices=[r.value for r in Relation], help="how near you stand to the case")


def return_declare(args: Namespace, context: Context) -> None:
    """Declare independence."""
    returns.declare(context.workspace, args.return_id, Relation(args.relation), by=context.by, now=context.now)
    context.say(f"Recorded: {Relation(args.relation).label}.")


def return_fact_arguments(parser: ArgumentParser) -> None:
    """What `qa return fact` takes."""
    _return(parser)
    parser.add_argument("fact", nargs="+", metavar="NAME=VALUE", help="facts about this return")


def return_fact(args: Namespace, context: Context) -> None:
    """Enter facts about the return."""
    returns.set_facts(context.workspace, args.return_id, facts_of(args.fact), by=context.by, now=context.now)
    context.say("Saved.")


def return_answer_arguments(parser: ArgumentParser) -> None:
    """What `qa return answer` takes."""
    _return(parser)
    parser.add_argument("question", nargs="?", default="", help="the question’s id, such as UI-04")
    parser.add_argument("value", nargs="?", default=None, help="the answer, or not applicable, not known, not seen")
    parser.add_argument("--part", action="append", default=[], metavar="PART=VALUE", help="a further part")
    parser.add_argument("--unknown", action="append", default=[], metavar="PART", help="a part that is not known")
    parser.add_argument("--reason", default=None, help="why it does not apply")
    parser.add_argument("--comment", default=None, help="your comment")
    parser.add_argument("--evidence", default=None, help="where it can be seen: a reference, never the record")
    parser.add_argument("--cause", choices=[c.value for c in Cause], help="what lay behind a weak answer")
    parser.add_argument("--sensitive", action="store_true", help="for this agency and the chair only")
    parser.add_argument("--file", type=path, help="a whole return as JSON or CSV: all of it, or nothing")


def return_answer(args: Namespace, context: Context) -> None:
    """Record one answer, or many from a file."""
    if args.file is not None:
        _from_file(args, context)
        return
    if not args.question:
        raise AnswerError("Name the question and the answer, as in: qa return answer RETURN UI-02 yes")
    at = returns.opened(context.workspace, args.return_id)
    question = returns.find_question(at, args.question)
    before = at.ret.answers.get(question.id)
    answer = _changed(args, at, before or Answer(id=question.id))
    saw = seen(before) if before else unseen(Answer, question.id)
    ret = returns.answer(context.workspace, args.return_id, answer, seen=saw, by=context.by, now=context.now)
    context.say(f"Saved: {question.id} {show_answer(at.template, question, ret.answers[question.id])}")


def _changed(args: Namespace, at: returns.Opened, answer: Answer) -> Answer:
    question = at.template.questions[answer.id]
    update: dict[str, object] = {}
    values = dict(answer.values)
    given = dict(_pair(pair) for pair in args.part)
    if args.value is not None:
        missing = read_missing(args.value)
        if missing is not None:
            update |= {"missing": missing, "values": {}}
            values, given = {}, {}
        else:
            given = {question.main.id: args.value, **given}
    for part_id, text in given.items():
        part = question.part(part_id)
        if part is None:
            parts = ", ".join(p.id for p in question.parts if p.id != MAIN) or "none"
            raise AnswerError(f"{question.id} has no part “{part_id}”. Its further parts: {parts}.")
        values[part_id] = read_value(at.template, question, part, text)
    if given:
        update |= {"values": values, "missing": None}
    for name in ("reason", "comment", "evidence"):
        if getattr(args, name) is not None:
            update[name] = getattr(args, name)
    if args.cause:
        update["cause"] = Cause(args.cause)
    if args.unknown:
        update["unknown"] = tuple(args.unknown)
    if args.sensitive:
        update["sensitive"] = True
    return answer.model_copy(update={**update, "unconfirmed": False})


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise AnswerError(f"“{text}” names no part: write PART=VALUE, such as hours=6.")
    return name.strip(), value.strip()


def _from_file(args: Namespace, context: Context) -> None:
    at = returns.opened(context.workspace, args.return_id)
    answers = read_answers(args.file, at.template, at.ret)
    returns.answer_all(context.workspace, args.return_id, answers, by=context.by, now=context.now)
    context.say(f"Saved {len(answers)} answers from {args.file}.")


def return_clear_arguments(parser: ArgumentParser) -> None:
    """What `qa return clear` takes."""
    _return(parser)
    parser.add_argument("question", help="the question’s id")


def return_clear(args: Namespace, context: Context) -> None:
    """Clear an answer; its comment stays."""
    returns.clear(context.workspace, args.return_id, args.question, seen=None, by=context.by, now=context.now)
    context.say(f"{args.question.upper()} is back to “not answered”.")


def return_grade_arguments(parser: ArgumentParser) -> None:
    """What `qa return grade` takes."""
    _return(parser)
    parser.add_argument("grade", choices=[g.value for g in Grade], help="your own grade")
    parser.add_argument("--reasons", required=True, help="why, in a few sentences")
    parser.add_argument("--departure", default="", help="why it differs from the indicative grade")
    parser.add_argument("--section", default=OVERALL, help="of one section, where the template asks for it")


def return_grade(args: Namespace, context: Context) -> None:
    """Give the auditor's grade; only then is the indicative one said."""
    ret = returns.grade(
        context.workspace, args.return_id, Grade(args.grade), reasons=args.reasons, departure=args.departure,
        of=args.section, seen=None, by=context.by, now=context.now,
    )  # fmt: skip
    at = returns.opened(context.workspace, args.return_id)
    context.say(f"Saved: {Grade(args.grade).label}.")
    if args.section == OVERALL:
        found = indicative(at.template, ret, at.header)
        context.say(f"Indicative grade (advice only): {found.because}")
        if found.grade is not Grade(args.grade) and not args.departure:
            context.say("They differ: say why with --departure before you submit.")


def return_show_arguments(parser: ArgumentParser) -> None:
    """What `qa return show` takes."""
    _return(parser)
    parser.add_argument("--as-at", help="as it stood at the end of this day")
    parser.add_argument("--json", action="store_true", help="as JSON")


def return_show(args: Namespace, context: Context) -> None:
    """Show a return: what is asked, what is answered, what stops it."""
    from qa_toolkit.domain.dates import parse_date

    workspace = context.workspace_at(parse_date(args.as_at)) if args.as_at else context.workspace
    at = returns.opened(workspace, args.return_id)
    returns.readable(workspace, at, context.by)
    shown = items(at.template, at.ret, at.header)
    if args.json:
        context.json(
            {
                "id": at.ret.id,
                "rater": at.ret.head.rater,
                "submitted": at.ret.round,
                "grades": {id: grade.document() for id, grade in at.ret.grades.items()},
                "answers": {
                    item.question.id: at.ret.answers[item.question.id].document()
                    for item in shown
                    if item.question.id in at.ret.answers
                },
                "stops": [stop.sentence for stop in submission.what_stops(at)],
            }
        )
        return
    kind = at.ret.head.kind
    context.print(f"{at.ret.id}  {at.file.audit.title}, {at.ret.head.rater}")
    if at.template.digest != at.file.audit.template:
        words = f"and shown so; {at.file.audit.id} uses another version now."
        context.print(f"Sent in on edition {at.template.edition}, {words}")
    section_id = ""
    for item in shown:
        if item.section.id != section_id:
            section_id = item.section.id
            context.print(f"\n{item.section.id}  {item.section.title}")
        answer = item.answer
        said = show_answer(at.template, item.question, answer) if answer is not None else "not answered"
        context.print(f"  {item.question.id}  {item.question.text_for(kind)}")
        context.print(f"      {said}")
        if answer is not None and answer.comment:
            context.print(f"      Comment: {answer.comment}")
        if answer is not None and answer.evidence:
            context.print(f"      Evidence: {answer.evidence}")
        if item.question.id in at.ret.reworded:
            context.print(f"      Answered under other words: {at.ret.reworded[item.question.id]}")
        if item.question.id in at.open_queries:
            context.print(f"      QUERY: {at.open_queries[item.question.id]}")
    if at.ret.aside:
        words = "kept, and set aside, because this version of the template does not take them"
        context.print(f"\nAnswers of another version, {words}: {', '.join(at.ret.aside)}. `qa history` shows them.")
    stops = submission.what_stops(at) if at.editable else []
    to_do = f"{len(stops)} to do before it can be submitted:" if stops else "Ready to be submitted."
    context.print(f"\n{to_do if at.editable else 'Submitted.'}")
    for stop in stops:
        context.print(f"  {stop.where}: {stop.sentence}")
