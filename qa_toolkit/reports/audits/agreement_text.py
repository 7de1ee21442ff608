"""How far raters agree, as lines of plain text: the command and the screen show the same."""

from __future__ import annotations

from collections.abc import Iterator

from qa_toolkit.domain.agreement import LANDIS_KOCH, Agreement, in_words
from qa_toolkit.domain.comparing import GradeRow
from qa_toolkit.domain.sealing import SHARED_FOLDER
from qa_toolkit.domain.sidebyside import SideBySide
from qa_toolkit.workflow.secondscores import Agreements, Scored

NOBODY = "No return here is scored by a second rater. `qa return allocate RETURN PERSON --second` asks for one."
_PLACES = ("First rater", "Second rater", "Third rater")


def agreement_lines(found: Agreements) -> list[str]:
    """The overall sentence, sections, then each case with its differences, the biggest first."""
    if not found.scored:
        return [NOBODY]
    lines = []
    if any(one.found for one in found.scored):
        lines += [in_words(found.overall), ""]
        lines += [f"{id}  {title}: {_section(section)}" for id, title, section in found.sections]
        lines += [""] if found.sections else []
        if found.overall.ac1 is not None:
            lines += [f"Words for coefficients: {LANDIS_KOCH.source}.", ""]
    for one in found.scored:
        lines += [*_case(one), ""]
    return lines[:-1]


def _section(found: Agreement) -> str:
    if found.ac1 is not None:
        return in_words(found)
    return f"{found.same} of {found.n} agree; too few to say more."


def _case(one: Scored) -> Iterator[str]:
    standings = [each for each in one.group.standings if not each.withdrawn]
    yield f"{one.group.first.id}, scored by {', '.join(each.rater or 'nobody named yet' for each in standings)}"
    if one.found is None:
        yield f"  Sealed. {one.group.why}"
        yield f"  {SHARED_FOLDER}"
        return
    yield f"  {standings[0].return_id} is the agency’s return and counts in moderation; the other stands beside it."
    for id in one.again:
        yield f"  {id} was sent in more than once: what was changed after the seal was opened is not blind."
    if len(one.found.returns) < len(standings):
        yield "  A nil return has nothing to compare."
    for words in (one.found.facts_said, one.found.missing_said):
        if words:
            yield f"  {words}"
    yield from _differences(one.found)


def _differences(found: SideBySide) -> Iterator[str]:
    who = dict(zip(found.returns, _PLACES, strict=False))
    if not found.grades and not found.differences:
        yield "  They differ nowhere."
        return
    yield "  Where they differ, the most first:"
    for grade in found.grades:
        yield f"    {grade.title}: {'; '.join(_grades(grade, who))}"
    for row in found.differences:
        yield f"    {row.question.id}  {row.question.text}"
        for id, words in row.words.items():
            yield f"        {who.get(id, id)}: {words}"


def _grades(row: GradeRow, who: dict[str, str]) -> Iterator[str]:
    for id, name in who.items():
        if id in row.own:
            yield f"{name.lower()} {row.own[id].label}"
        elif id in row.indicative:
            yield f"{name.lower()} {row.indicative[id].label} (indicative)"
