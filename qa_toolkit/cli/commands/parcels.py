"""`qa parcel …`, `qa key show`, `qa agencies key`, `qa people key`: sealed files for agencies that run the program."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.parsing import path
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.parcels import Outgoing, Returning, fingerprint
from qa_toolkit.domain.text import how_many


def _ask(question: str, flag: str, *, secret: bool = False) -> str:
    if not sys.stdin.isatty():
        raise InputError(f"Nobody is at the keyboard to ask: give {flag}.")
    if secret:
        from getpass import getpass

        return getpass(f"{question}: ").strip()
    return input(f"{question}: ").strip()


def key_show_arguments(parser: ArgumentParser) -> None:
    """What `qa key show` takes."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def key_show(args: Namespace, context: Context) -> None:
    """Print your public key and its fingerprint; the first time, make it."""
    from qa_toolkit.exchange import keys

    key = keys.own()
    if args.json:
        context.json({"key": key.public, "fingerprint": fingerprint(key.public), "file": str(key.file)})
    else:
        context.print(key.public)
        context.print(f"Fingerprint, to read out by telephone: {fingerprint(key.public)}")
    made = "Your key was made just now. " if key.made else ""
    context.say(f"{made}The secret half is in {key.file}. {keys.LOST}")


def agencies_key_arguments(parser: ArgumentParser) -> None:
    """What `qa agencies key` takes."""
    parser.add_argument("agency", help="the agency’s id")
    parser.add_argument("key", help="its public key, age1…")
    parser.add_argument("--fingerprint", required=True, help="as it was read out by telephone")


def agencies_key(args: Namespace, context: Context) -> None:
    """Record an agency's key, once its fingerprint was compared."""
    from qa_toolkit.exchange import known_keys

    made = known_keys.record(context.workspace, args.agency, args.key, args.fingerprint, by=context.by, now=context.now)
    context.say(f"Parcels for {made.id} are sealed for this key from now on.")


def people_key_arguments(parser: ArgumentParser) -> None:
    """What `qa people key` takes."""
    parser.add_argument("person", help="who scores blind, such as b.second@police")
    parser.add_argument("key", help="their own public key, age1…")
    parser.add_argument("--fingerprint", required=True, help="as it was read out by telephone")


def people_key(args: Namespace, context: Context) -> None:
    """Record the key of somebody who scores blind, once its fingerprint was compared."""
    from qa_toolkit.domain.ids import check_person_id
    from qa_toolkit.exchange import known_keys

    made = known_keys.record(
        context.workspace, check_person_id(args.person), args.key, args.fingerprint, by=context.by, now=context.now
    )
    context.say(f"Parcels with second scores for {made.id} are sealed for this key from now on.")


def parcel_out_arguments(parser: ArgumentParser) -> None:
    """What `qa parcel out` takes."""
    parser.add_argument("--audit", required=True, help="the audit’s id")
    parser.add_argument("--agency", default="", help="for this agency")
    parser.add_argument("--second", metavar="RATER", default="", help="for this rater’s blind second scores alone")
    parser.add_argument("-o", "--out", type=path, help="the file to write")
    parser.add_argument("--passphrase", action="store_true", help="seal under words told by telephone, not for a key")


def parcel_out(args: Namespace, context: Context) -> None:
    """Make the sealed file for one agency, or for one rater’s blind second scores."""
    from qa_toolkit.domain.ids import check_person_id
    from qa_toolkit.exchange import keys
    from qa_toolkit.exchange.parcel_out import write_parcel

    second = check_person_id(args.second) if args.second else ""
    agency = args.agency or second.partition("@")[2]
    if not agency:
        raise InputError("Say for whom: --agency police, or --second b.second@police for blind second scores.")
    phrase = ""
    if args.passphrase:
        phrase = _ask("Passphrase (empty: one is made)", "", secret=True) if sys.stdin.isatty() else ""
        if phrase and len(phrase) < 12:
            raise InputError("A passphrase has 12 characters or more; leave it empty and one is made.")
    made = keys.words() if args.passphrase and not phrase else ""
    out = args.out or Path(f"{args.audit.upper()}-{second.replace('@', '-') or agency}.parcel")
    packed = write_parcel(
        context.workspace, args.audit, agency, out, second=second, passphrase=phrase or made, by=context.by,
        now=context.now,
    )  # fmt: skip
    context.print(str(out))
    context.say(f"For {packed.addressee}: {how_many(len(packed.allocations), 'return')}. Send it by your secure route.")
    if packed.withheld:
        context.say(f"Begun, scored blind and sealed, so without its answers: {', '.join(packed.withheld)}.")
    if made:
        context.say(f"The passphrase, shown this once; tell it by telephone, never with the file: {made}")
    context.say(f"What comes back is sealed for your key in {keys.path()}. {keys.LOST}")


def _ending(parcel: Outgoing | Returning) -> str:
    """Of names of files and folders: the agency, and the rater where it is theirs alone."""
    return parcel.rater.replace("@", "-") or (parcel.agency.id if isinstance(parcel, Outgoing) else parcel.agency)


def parcel_open_arguments(parser: ArgumentParser) -> None:
    """What `qa parcel open` takes."""
    parser.add_argument("file", type=path, help="the parcel")
    parser.add_argument("--to", type=path, help="the folder to make")
    parser.add_argument("--name", default="", help="your name, as others see it")
    parser.add_argument("--role", default="", choices=["", "auditor", "agency_lead"], help="your role")
    parser.add_argument("--handle", default="", help="your short name, such as a.auditor")
    parser.add_argument("--passphrase-file", type=path, help="a file with the passphrase, for use without a keyboard")


def parcel_open(args: Namespace, context: Context) -> None:
    """Open a parcel into a small workspace of one's own."""
    from qa_toolkit.domain.people import Role
    from qa_toolkit.exchange import keys, parcel_box
    from qa_toolkit.exchange.parcel_open import check_outgoing, open_parcel
    from qa_toolkit.store.outside import read_outside_text

    sealed = parcel_box.read_sealed(args.file)
    if parcel_box.under_passphrase(sealed):
        if args.passphrase_file:
            phrase = read_outside_text(args.passphrase_file, 10_000, "a passphrase").strip()
        else:
            phrase = _ask("Passphrase", "--passphrase-file", secret=True)
        parcel = parcel_box.open_sealed(sealed, passphrase=phrase)
    else:
        parcel = parcel_box.open_sealed(sealed, key=keys.own())
    if not isinstance(parcel, Outgoing):
        raise InputError("This parcel is on its way back: the co-ordinator takes it in with `qa parcel in`.")
    check_outgoing(parcel)
    audit = parcel.audit
    asked = f"{how_many(len(parcel.allocations), 'return')} asked of {parcel.addressee}"
    context.say(f"{audit.title} ({audit.id}): {asked}, due {show_date(audit.due)}.")
    folder = args.to or Path("findings") / f"{audit.id}-{_ending(parcel)}".lower()
    if folder.is_dir():
        _again(parcel, folder, args, context)
        return
    # A parcel for one rater says who they are; only what differs from that is asked, and refused.
    known = next((one for one in parcel.people if one.id == parcel.rater), None)
    name = args.name or (known.name if known else _ask("Your name", "--name"))
    role = args.role or ("auditor" if known else _ask("Your role (auditor or agency_lead)", "--role"))
    if role not in ("auditor", "agency_lead"):
        raise InputError("Your role is auditor or agency_lead.")
    handle = args.handle or _handle(parcel) or _ask("Your short name, such as a.auditor", "--handle")
    workspace, person = open_parcel(parcel, folder, handle=handle, name=name, role=Role(role), now=context.now)
    workspace.close()
    context.print(str(folder))
    context.say(f"You are {person.id}: `qa --workspace {folder} --as {person.id}` opens it.")
    context.say("`qa parcel return` makes the file that goes back.")


def _handle(parcel: Outgoing) -> str:
    return parcel.rater.partition("@")[0]


def _again(parcel: Outgoing, folder: Path, args: Namespace, context: Context) -> None:
    """Add what a further parcel brings to the workspace of an earlier one."""
    from qa_toolkit.exchange.parcel_again import open_again

    handle = args.handle or _handle(parcel) or _ask("Your short name there, such as a.auditor", "--handle")
    again = open_again(parcel, folder, by=f"{handle}@{parcel.agency.id}", now=context.now)
    again.workspace.close()
    context.print(str(folder))
    asked = f"New: {', '.join(again.fresh)}." if again.fresh else "No further return is asked for."
    context.say(f"What this parcel brings was added to {folder}; your own work there stays. {asked}")
    if not again.changed:
        context.say("It was there already: nothing was changed.")


def parcel_return_arguments(parser: ArgumentParser) -> None:
    """What `qa parcel return` takes."""
    parser.add_argument("-o", "--out", type=path, help="the file to write")


def parcel_return(args: Namespace, context: Context) -> None:
    """Make the sealed file that goes back to the co-ordinator."""
    from qa_toolkit.exchange import parcel_box
    from qa_toolkit.exchange.parcel_return import parcel_return as pack

    workspace = context.workspace
    sealed, packed = pack(workspace, by=context.by)
    out = args.out or Path(f"{packed.audit}-{_ending(packed)}-return.parcel")
    parcel_box.keep(out, sealed)
    context.print(str(out))
    for id in packed.journals:
        state = "submitted" if workspace.ret(id).round else "still in progress"
        context.say(f"{id}: {state}.")
    context.say("What is typed and not yet saved stays behind. Send the file by your secure route.")


def parcel_in_arguments(parser: ArgumentParser) -> None:
    """What `qa parcel in` takes."""
    parser.add_argument("file", type=path, help="the parcel that came back")
    parser.add_argument("--yes", action="store_true", help="take it in; without, it says what it would change")


def parcel_in(args: Namespace, context: Context) -> None:
    """Take in a parcel that came back."""
    from qa_toolkit.exchange import keys, parcel_box
    from qa_toolkit.exchange.parcel_in import complete, plan, take_in
    from qa_toolkit.workflow.returns import opened

    workspace = context.workspace
    sealed = parcel_box.read_sealed(args.file)
    if parcel_box.under_passphrase(sealed):
        raise InputError("A parcel that comes back is sealed for your key, and this one is under a passphrase.")
    found = plan(workspace, parcel_box.open_sealed(sealed, key=keys.own()), by=context.by)
    phone = workspace.audit(found.parcel.audit).audit.phone
    for concern, known in found.concerns:
        same = f" The same words are logged already as {known}." if known else ""
        context.say(f"CONCERN {concern.id}: {concern.what}{same}\nPhone now{': ' + phone if phone else ''}.")
    for step in found.steps:
        context.print(step.sentence)
    if not args.yes and not (sys.stdin.isatty() and _ask("Take it in? (yes or no)", "--yes").casefold() == "yes"):
        context.say("Nothing was changed: with --yes it is taken in.")
        return
    filed = take_in(workspace, found, by=context.by, now=context.now)
    context.say(f"Taken in. Filed as received: {', '.join(filed) or 'none'}.")
    for step in found.steps:
        at = opened(workspace, step.checked.id)
        if at.ret.id in at.file.allocations and at.ret.round and not at.editable and not complete(at):
            context.say(f"{at.ret.id} was sent in with something missing, so it is not filed: give it back or query.")
