"""`qa agencies …`, `qa people …`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import NotFound
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.store.workspace import seen
from qa_toolkit.workflow import setup


def agencies_add_arguments(parser: ArgumentParser) -> None:
    """What `qa agencies add` takes."""
    parser.add_argument("id", help="small letters, digits and dashes, such as police")
    parser.add_argument("name", help="its name, such as “Northshire Police”")
    parser.add_argument("--kind", default="", help="what templates call it, if not its id: health, education, …")
    parser.add_argument("--contact", default="", help="role or mailbox for reminders")


def agencies_add(args: Namespace, context: Context) -> None:
    """Add an agency."""
    made = setup.add_agency(
        context.workspace, args.id, args.name, args.kind or args.id, contact=args.contact, by=context.by,
        now=context.now,
    )  # fmt: skip
    context.say(f"Added {made.name} as {made.id}.")


def agencies_change_arguments(parser: ArgumentParser) -> None:
    """What `qa agencies change` takes."""
    parser.add_argument("id", help="the agency’s id, such as police")
    parser.add_argument("--name", help="its name from now on")
    parser.add_argument("--kind", help="what templates call it, while no audit asks it")
    parser.add_argument("--contact", help="role or mailbox for reminders")


def agencies_change(args: Namespace, context: Context) -> None:
    """Change an agency; what is not named stays."""
    before = context.workspace.agencies().get(args.id.strip().lower())
    if before is None:
        raise NotFound(f"There is no agency {args.id}. `qa agencies list` shows those there are.")
    given = {name: getattr(args, name) for name in ("name", "kind", "contact")}
    name, kind, contact = (getattr(before, name) if text is None else text for name, text in given.items())
    made = setup.add_agency(
        context.workspace, before.id, name, kind, contact=contact, by=context.by, now=context.now, seen=seen(before)
    )
    context.say(f"Changed {made.id}: {made.name}, {made.kind}{f'; {made.contact}' if made.contact else ''}.")


def agencies_list_arguments(parser: ArgumentParser) -> None:
    """What `qa agencies list` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def agencies_list(args: Namespace, context: Context) -> None:
    """List the agencies."""
    known = context.workspace.agencies().values()
    rows = [{"id": a.id, "kind": a.kind, "name": a.name, "contact": a.contact} for a in known]
    context.table(rows, empty="No agencies yet. `qa agencies add` adds one.", as_json=args.json)


def people_add_arguments(parser: ArgumentParser) -> None:
    """What `qa people add` takes."""
    parser.add_argument("id", help="handle@agency, such as a.auditor@police")
    parser.add_argument("name", help="the name others see")
    parser.add_argument(
        "--role", action="append", type=_role, choices=[role.value for role in Role], help="may be given more than once"
    )
    parser.add_argument("--since", help="first day here, such as 1/9/2026")
    parser.add_argument("--until", help="last day here: nothing can be recorded in that name afterwards")


def _role(typed: str) -> str:
    """As people write it: co-ordinator, agency-lead, “QA Group”."""
    word = typed.strip().lower().replace("co-ord", "coord")
    return word.replace("-", "_").replace(" ", "_")


def people_add(args: Namespace, context: Context) -> None:
    """Add a person, or give somebody another name or other roles."""
    before: Person | None = context.workspace.people().get(args.id.strip().lower())
    kept = before.roles if before else (Role.AUDITOR,)
    made = setup.add_person(
        context.workspace, args.id, args.name, tuple(Role(role) for role in args.role) if args.role else kept,
        since=parse_date(args.since) if args.since else before.since if before else None,
        until=parse_date(args.until) if args.until else before.until if before else None,
        by=context.by, now=context.now, seen=seen(before) if before else None,
    )  # fmt: skip
    roles_said = ", ".join(role.label for role in made.roles)
    context.say(f"{'Changed' if before else 'Added'} {made.name} ({made.id}): {roles_said}.")


def people_list_arguments(parser: ArgumentParser) -> None:
    """What `qa people list` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def people_list(args: Namespace, context: Context) -> None:
    """List the people."""
    rows = [
        {"id": p.id, "name": p.name, "roles": ", ".join(role.label for role in p.roles)}
        for p in context.workspace.people().values()
    ]
    context.table(rows, empty="No people yet. `qa people add` adds one.", as_json=args.json)
