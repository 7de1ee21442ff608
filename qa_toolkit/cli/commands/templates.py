"""`qa template …`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.template.faults import did_you_mean
from qa_toolkit.store import library

if TYPE_CHECKING:
    from qa_toolkit.domain.template.model import Template


def template_list_arguments(parser: ArgumentParser) -> None:
    """What `qa template list` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def template_list(args: Namespace, context: Context) -> None:
    """List the shipped templates."""
    rows = []
    for name in library.shipped():
        template, _ = library.load(name)
        rows.append(
            {
                "id": template.id,
                "edition": template.edition,
                "status": template.status,
                "questions": str(len(template.questions)),
                "title": template.title,
            }
        )
    context.table(rows, empty="No templates are installed.", as_json=args.json)


def template_check_arguments(parser: ArgumentParser) -> None:
    """What `qa template check` takes."""
    parser.add_argument("template", help="a .toml file, or a shipped template’s id")
    parser.add_argument("--json", action="store_true", help="as JSON")


def template_check(args: Namespace, context: Context) -> int:
    """Check a template; exit 4 when it has faults, 0 when there is only advice."""
    from qa_toolkit.domain.template.lint import lint
    from qa_toolkit.domain.template.minutes import minutes

    template, _ = library.load(args.template)
    advice = lint(template)
    times = {kind: minutes(template, kind) for kind in template.agencies}
    if args.json:
        context.json({"id": template.id, "advice": [vars(a) if hasattr(a, "__dict__") else a for a in advice],
                      "minutes": times})  # fmt: skip
        return 0
    context.print(f"{template.title} {template.edition}: {len(template.questions)} questions, no faults.")
    for one in advice:
        context.print(str(one))
    for kind, length in times.items():
        asked = sum(1 for _ in template.asked(kind))
        context.print(f"{template.agencies[kind]}: {asked} questions, about {length} minutes")
    return 0


def template_show_arguments(parser: ArgumentParser) -> None:
    """What `qa template show` takes."""
    parser.add_argument("template", help="a shipped template’s id, or a .toml file")
    parser.add_argument("--agency", default="", help="the kind of agency, such as police")


def template_show(args: Namespace, context: Context) -> None:
    """Print a template as an auditor of that agency will meet it."""
    from qa_toolkit.domain.template.show import lines_for

    template, _ = library.load(args.template)
    for line in lines_for(template, _kind(template, args.agency)):
        context.print(line)


def _kind(template: Template, typed: str) -> str:
    """The kind of agency that is meant, by its id or its name; the first of the template where none is."""
    if not typed or not template.agencies:
        return typed or next(iter(template.agencies), "")
    said = typed.casefold()
    for kind, name in template.agencies.items():
        if said in (kind, name.casefold()):
            return kind
    raise InputError(f"{template.title} asks nothing of “{typed}”.{did_you_mean(said, template.agencies)}")


def template_diff_arguments(parser: ArgumentParser) -> None:
    """What `qa template diff` takes."""
    parser.add_argument("before", help="the earlier edition: a .toml file, or a shipped template’s id")
    parser.add_argument("after", help="the later edition")
    parser.add_argument("--json", action="store_true", help="as JSON")


def template_diff(args: Namespace, context: Context) -> None:
    """Say what became of each question from one edition to another."""
    from qa_toolkit.domain.template.differing import differences

    before, after = library.load(args.before)[0], library.load(args.after)[0]
    found = differences(before, after)
    rows = [{"question": one.question, "change": one.change.value, "what": one.sentence} for one in found]
    same = len((set(before.questions) & set(after.questions)) - {one.question for one in found})
    context.table(rows, empty="", as_json=args.json)
    context.say(f"{same} questions are the same in {before.id} {before.edition} and {after.id} {after.edition}.")


def template_from_arguments(parser: ArgumentParser) -> None:
    """What `qa template from` takes."""
    parser.add_argument("workbook", type=path, help="the .xlsx file with the table")
    parser.add_argument("out", type=path, help="the .toml file to write")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def template_from(args: Namespace, context: Context) -> None:
    """Make a checked template from a table in a workbook."""
    from qa_toolkit.exchange.template_sheet import template_from_workbook
    from qa_toolkit.sheets.whole import written_whole

    _refuse_to_replace(args.out, force=args.force)
    text, template = template_from_workbook(args.workbook)
    with written_whole(args.out) as part:
        part.write_text(text, encoding="utf-8")
    context.say(f"Wrote {args.out}: {template.title} {template.edition}, {len(template.questions)} questions.")


def _refuse_to_replace(out: Path, *, force: bool) -> None:
    if out.exists() and not force:
        raise InputError(f"{out} is there already. Choose another name, or add --force to replace it.")


def template_to_arguments(parser: ArgumentParser) -> None:
    """What `qa template to` takes."""
    parser.add_argument("template", help="a shipped template’s id, or a .toml file")
    parser.add_argument("workbook", type=path, help="the .xlsx file to write")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def template_to(args: Namespace, context: Context) -> None:
    """Write a template as a table in a workbook."""
    from qa_toolkit.exchange.template_sheet import template_to_workbook

    _refuse_to_replace(args.workbook, force=args.force)
    template, _ = library.load(args.template)
    left_out = template_to_workbook(template, args.workbook)
    context.say(f"Wrote {args.workbook}.")
    for sentence in left_out:
        context.say(f"Note: {sentence}")


def template_schema_arguments(parser: ArgumentParser) -> None:
    """What `qa template schema` takes: nothing."""


def template_schema(args: Namespace, context: Context) -> None:
    """Write the JSON Schema of the format."""
    from qa_toolkit.domain.template.schema import schema

    context.json(schema())
