"""An audit's sample: drawn on a form, where what would be drawn is said first; a case replaced; the draw proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.sampling import Candidate, Draw, Drawn, Method, Sample, draw
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.text import how_many
from qa_toolkit.exchange.frame_file import read_frame
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.tui.forms.asking import AskText, Sure
from qa_toolkit.tui.forms.followed import HOW, Field, FollowedForm, written
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.tui.help import Page
from qa_toolkit.workflow import sampling

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

MOST_NAMED = 12
"""References of the cases that the question before the draw names."""


class Asked(NamedTuple):
    """A draw as it was asked for, and what would come of it."""

    frame: list[Candidate]
    method: Method
    size: int
    reserves: int
    seed: str
    columns: list[str]
    named: dict[str, str]
    drawn: Draw

    @property
    def words(self) -> str:
        """What would be drawn."""
        excluded = sum(bool(one.excluded) for one in self.frame)
        chosen = [one.ref for one in self.drawn.chosen]
        more = f" and {len(chosen) - MOST_NAMED} more" if len(chosen) > MOST_NAMED else ""
        parts = [f"{name} {count}" for name, count in sorted(self.drawn.quotas.items())]
        shares = f"\nShared out: {'; '.join(parts)}." if self.method is Method.STRATIFIED else ""
        return (
            f"{len(chosen)} of {len(self.frame) - excluded} candidates ({excluded} excluded), "
            f"{len(self.drawn.reserves)} in reserve. Method: {self.method.value}; seed: “{self.seed}”.{shares}\n"
            f"In this order: {', '.join(chosen[:MOST_NAMED])}{more}.\n\n"
            "With the same list and seed anybody can draw the same again, so keep the list. An audit’s sample is drawn "
            "once. Draw it?"
        )


async def ask_sample(app: QAApp, file: AuditFile) -> str:
    """Draw the sample that was asked for; gives back what to say, if it was drawn.

    Raises:
        QAError: It was refused at the last moment.
    """
    audit, asked = file.audit, None
    if audit.id in file.all(Sample):
        raise InputError(
            f"{audit.id} has its sample already: {sampling.sample_of(app.workspace, audit.id).size} cases."
        )

    def read(row: Values) -> None:
        nonlocal asked
        asked = _read(app, row)

    title = f"Draw the sample of {audit.id}"
    about = f"The list has a column “ref” with pseudonyms, and nobody’s name. {HOW}"
    seed = f"{show_date(app.today)} {audit.id}"
    while True:
        form = FollowedForm(title, about, _fields(seed), record=read)
        filled = await app.push_screen_wait(form)
        if filled is None or asked is None:
            return ""
        # It stands in the form again after a no, and where the record refuses the draw.
        app.left.keep(title, {name: str(value) for name, value in filled.items()})
        if await app.push_screen_wait(Sure(title, asked.words)):
            said = _draw(app, audit.id, asked)
            app.left.forget(title)
            return said


def _fields(seed: str) -> list[Field]:
    number = {"type": PartType.INTEGER}
    return [
        written("list", "The list: a CSV file or a workbook, such as ~/lists/autumn.csv"),
        Field(Part(id="size", label="How many cases; of those named below, all are taken", required=False, **number)),
        Field(Part(id="reserves", label="How many stand by, to step in for one that cannot be read", required=False,
                   **number)),
        written("seed", "Seed: any words. With them the draw can be repeated", seed),
        written("by", "Shared out evenly by these columns, such as: age_band; area", required=False),
        written("named", "Or chosen on purpose, each with why, one a line, such as: X17=The only one placed far away",
                long=True, required=False),
    ]  # fmt: skip


def _read(app: QAApp, row: Values) -> Asked:
    """What is asked for, drawn once to see.

    Raises:
        QAError: The list cannot be read, or not drawn from as asked.
    """
    frame = _list(app, str(row["list"]))
    columns = [name.strip().lower() for name in str(row.get("by", "")).split(";") if name.strip()]
    named = dict(_named(line) for line in str(row.get("named", "")).splitlines() if line.strip())
    if named and columns:
        raise InputError("A sample is shared out by columns, or chosen on purpose, not both: empty one of the two.")
    size = len(named) if named else int(row.get("size", 0))
    if not size:
        raise InputError("Say how many cases are drawn, or name each that is chosen on purpose.")
    method = Method.PURPOSIVE if named else Method.STRATIFIED if columns else Method.SIMPLE
    reserves, seed = int(row.get("reserves", 0)), str(row["seed"]).strip()
    drawn = draw(frame, method, size, seed=seed, by=columns, reserves=reserves, named=named or None)
    return Asked(frame, method, size, reserves, seed, columns, named, drawn)


def _list(app: QAApp, typed: str) -> list[Candidate]:
    file = Path(typed.strip()).expanduser()
    if not file.is_file():
        raise InputError(f"There is no file {file}. Write its folder and name, or drop it on the window.")
    return read_frame(file, today=app.today)


def _named(line: str) -> tuple[str, str]:
    ref, equals, reason = line.partition("=")
    if not equals:
        raise InputError(f"“{line.strip()[:40]}” gives no reason: write the reference, an equals sign, and why.")
    return ref.strip(), reason.strip()


def _draw(app: QAApp, audit_id: str, asked: Asked) -> str:
    day: dict[str, Any] = {"by": app.person.id if app.person else "", "now": app.now(), "today": app.today}
    sample = sampling.draw_sample(
        app.workspace, audit_id, asked.frame, asked.method, asked.size, seed=asked.seed, by_columns=asked.columns,
        reserves=asked.reserves, named=asked.named or None, **day,
    )  # fmt: skip
    cases = list(app.workspace.audit(audit_id).all(Drawn))
    return f"Drew {sample.size} cases, {cases[0]} to {cases[-1]}. Keep the list: it proves the draw."


async def ask_proof(app: QAApp, file: AuditFile) -> None:
    """Draw again from the list that is named, and show whether the cases are the same. Writes nothing.

    Raises:
        InputError: The audit is about agencies.
        NotFound: No sample was drawn.
    """
    if file.audit.subject != "child":
        raise InputError(f"{file.audit.id} is about agencies, not children, so it has no sample.")
    sample, proof = sampling.sample_of(app.workspace, file.audit.id), None

    def prove(typed: str) -> None:
        nonlocal proof
        proof = sampling.prove(app.workspace, file.audit.id, _list(app, typed))

    title = f"Prove the sample of {file.audit.id}"
    about = (
        f"{how_many(sample.size, 'case')} of a list of {sample.listed} were drawn. Name that list, such as "
        "~/lists/autumn.csv: it is drawn from again, and nothing is changed."
    )
    if await app.push_screen_wait(AskText(title, about, check=prove, kept=title)) is None or proof is None:
        return
    app.left.forget(title)
    gone = sum(bool(one.replaces) for one in file.all(Drawn).values())
    since = f" Replaced since: {how_many(gone, 'case')}, which does not count against it." if gone else ""
    app.push_screen(Page(title, proof.sentence + since))


async def ask_replacement(app: QAApp, file: AuditFile, subject_id: str) -> str:
    """Put the next reserve in the place of a case, with the reason; gives back what to say, if it was done.

    Raises:
        QAError: The case was not drawn in a sample.
    """
    gone = file.all(Drawn).get(subject_id)
    if gone is None:
        raise InputError(f"{subject_id} was not drawn in a sample, so no reserve stands in for it.")
    title = f"Replace {subject_id}"
    about = (
        f"Why does {subject_id} ({gone.ref}) go? In a sentence: the sample keeps its reasons. The next reserve comes "
        f"in its place under a pseudonym of its own; what was recorded on {subject_id} stays."
    )
    reason = await app.push_screen_wait(AskText(title, about, check=_sentence, kept=title))
    if not reason:
        return ""
    made = sampling.replace_case(
        app.workspace, subject_id, reason, by=app.person.id if app.person else "", now=app.now(), today=app.today
    )
    app.left.forget(title)
    return f"{made.id} ({made.ref}) stands in for {made.replaces}."


def _sentence(text: str) -> None:
    if len(text) < 10:
        raise InputError("Say it in a sentence: the next person to look has only that.")
