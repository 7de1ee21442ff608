"""Who the children of the audits were: counts by one fact at a time, with a mark where a number is not shown."""

from __future__ import annotations

from collections.abc import Iterator

from qa_toolkit.reports.layout.document import Heading, Note, Paragraph, Part, Table
from qa_toolkit.reports.packs.wording import listed
from qa_toolkit.reports.views.numbers import ShownTable
from qa_toolkit.reports.views.public import ForPublic


def who_the_children_were(view: ForPublic) -> Iterator[Part]:
    """The tables as they may be shown, or why they are not; nothing where there is nothing to say."""
    if view.held_back:
        yield Heading("Who the children were")
        yield Note("No table of the children can be shown without telling of a single one.")
        return
    if not view.profile:
        return
    yield Heading("Who the children were")
    if all(_vanished(one) for one in view.profile):
        yield Paragraph(
            "There were too few children to say anything about them without pointing at one, even with those of all "
            f"earlier audits: {view.small_numbers}."
        )
        return
    if view.pooled:
        yield Paragraph(
            f"The children of this time alone are too few to show, so those of {listed(view.pooled)} are taken in too."
        )
    rows = tuple(
        (one.by, "; ".join(f"{value}: {count}" for value, count in one.rows), one.total)
        for one in view.profile
        if not _vanished(one)
    )
    yield Table(("Fact", "Children", "All"), rows, (4, 11, 1), "Who the children were, in children")
    if view.left_out:
        yield Paragraph(f"Left out, because a child could be told from it: {'; '.join(view.left_out)}.")
    marks = {count for one in view.profile for _, count in one.rows if not count.isdecimal()}
    if marks:
        yield Paragraph(
            f"{' or '.join(f'“{mark}”' for mark in sorted(marks))} stands for a number that is not shown: "
            f"{view.small_numbers}."
        )


def _vanished(one: ShownTable) -> bool:
    return not any(count.isdecimal() and count != "0" for _, count in one.rows)
