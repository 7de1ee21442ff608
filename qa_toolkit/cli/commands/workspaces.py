"""`qa init`, `qa where`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.ids import check_person_id
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.store import places, settings
from qa_toolkit.workflow import setup


def init_arguments(parser: ArgumentParser) -> None:
    """What `qa init` takes."""
    parser.add_argument("name", help="the partnership’s name, such as Northshire")
    parser.add_argument(
        "--person", default="", help="you at the business unit: c.ordinator, or in full c.ordinator@business-unit"
    )
    parser.add_argument("--person-name", default="", help="your name as others see it")
    parser.add_argument("--marking", default="OFFICIAL-SENSITIVE", help="the marking that every output carries")


def init(args: Namespace, context: Context) -> None:
    """Make a workspace in ./findings and say where, and what it does not protect against."""
    folder = Path.cwd() / "findings" / setup.folder_name(args.name)
    handle = _handle(args.person) or context.who.partition("@")[0]
    if not handle:
        raise InputError(
            "Say who you are, because somebody must be its first co-ordinator: "
            f"`qa init {args.name!r} --person c.ordinator --person-name 'C. Ordinator'`."
        )
    first = Person(
        id=check_person_id(f"{handle}@{setup.BUSINESS_UNIT}"),
        name=args.person_name or handle,
        roles=(Role.COORDINATOR,),
    )
    workspace = setup.make_workspace(folder, args.name, first=first, now=context.now, marking=args.marking)
    context.print(str(workspace.root))
    context.say(f"Made the workspace “{workspace.name}”. You are its first co-ordinator, {first.id}.")
    if settings.read().person == "":
        settings.write(settings.read()._replace(person=first.id))
        context.say("Your settings now say so; `--as` or QA_USER says otherwise.")
    context.say("`qa` opens it on the screen, with the first steps.")
    for warning in places.warnings(folder):
        context.say(f"Note: {warning}")
    context.say(places.LIMITS)


def _handle(typed: str) -> str:
    """A person’s handle at the business unit, however it was written.

    Raises:
        InputError: The person is of another agency.
    """
    handle, _, agency = typed.strip().partition("@")
    if agency and agency.lower() != setup.BUSINESS_UNIT:
        raise InputError(
            f"The first co-ordinator is of the business unit, and “{typed.strip()}” names “{agency}”. Write "
            f"{handle or 'c.ordinator'}@{setup.BUSINESS_UNIT}; other agencies and their people are added afterwards."
        )
    return handle


def where_arguments(parser: ArgumentParser) -> None:
    """What `qa where` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def where(args: Namespace, context: Context) -> None:
    """Say which workspace is used, how it was found, and who acts."""
    workspace = context.workspace
    try:
        who = context.by
    except InputError:
        who = ""
    person = workspace.people().get(who)
    found = {
        "workspace": workspace.name,
        "folder": str(workspace.root),
        "you": who or "not said: use --as, QA_USER or your settings",
        "known here as": person.name if person else "nobody of that name is in this workspace" if who else "",
        "roles": ", ".join(role.label for role in person.roles) if person else "",
    }
    if args.json:
        context.json(found)
        return
    for name, value in found.items():
        if value:
            context.print(f"{name:<14}{value}")
    for warning in places.warnings(workspace.root):
        context.say(f"Note: {warning}")
