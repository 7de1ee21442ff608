"""What is done once at a meeting: opening and ending it, a return opened from it, and its minutes written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.plans.meetings import Stage
from qa_toolkit.tui.forms.asking import AskText, Sure
from qa_toolkit.workflow.plans import meetings

if TYPE_CHECKING:
    from qa_toolkit.tui.meetings.meeting import MeetingScreen


async def begin_or_end(at: MeetingScreen) -> None:
    """Open the meeting; or end it, after saying what carries over."""
    qa, meeting = at.qa, at.meeting
    try:
        if meeting.stage is Stage.PLANNED:
            meetings.open_meeting(qa.workspace, meeting.id, by=qa.by, now=qa.now(), today=qa.today)
            at.read_papers()
            at.say("The meeting is open. w says who is there, n goes to the first item.")
            return
        meetings.sitting(meeting)
        left = [key for key in at.items if key not in at.done]
        words = f"Not reached, and carried over to the next meeting: {len(left)}." if left else "All was reached."
        if await at.app.push_screen_wait(Sure("End the meeting", words)):
            meetings.end_meeting(qa.workspace, meeting.id, left, by=qa.by, now=qa.now(), today=qa.today)
            qa.left.forget(at.alone_name)
            at.say("The meeting is ended. s writes the minutes before people leave.")
    except QAError as error:
        at.refuse(error)
    at.fill()


async def open_return(at: MeetingScreen) -> None:
    """Ask which return and why, write it down, and open it."""
    asked = "Which return? Its id, such as CE-2026-01-C03-POLICE."
    id = await at.app.push_screen_wait(AskText("Open a return", asked))
    id = id and id.upper()
    if not id:
        return
    words, kept = f"Why does the group look at {id} itself?", f"{at.meeting_id} opens {id}"
    why = await at.app.push_screen_wait(AskText("Open a return", words, kept=kept))
    if not why:
        return
    qa = at.qa
    try:
        made = meetings.open_return(qa.workspace, at.meeting_id, id, why, by=qa.by, now=qa.now(), today=qa.today)
        qa.left.forget(kept)
        qa.open_return(made.return_id)
    except QAError as error:
        at.refuse(error)


async def write(at: MeetingScreen) -> None:
    """Ask for a file, and write the minutes."""
    words = "The file to write: .docx for Word, .txt for text. It is a draft until the next meeting approves it."
    typed = await at.app.push_screen_wait(AskText("Minutes", words, f"{at.meeting_id}-minutes.docx"))
    if not typed:
        return
    # Deferred: what makes papers is loaded by whoever wants one.
    from qa_toolkit.reports.meetings.out import found_in, minutes_paper, write_meeting_paper
    from qa_toolkit.tui.reports.release import ReleaseScreen

    qa = at.qa
    audience = Audience(at.papers.tier.audience) if at.papers else Audience.QA_GROUP
    try:
        paper = minutes_paper(qa.workspace, at.meeting_id, now=qa.now(), today=qa.today, calendar=qa.calendar)
        out = Path(typed).expanduser()
        if not out.parent.is_dir():
            raise InputError(f"There is no folder {out.parent}: name one that is there.")
        if any(one.handling is None for one in found_in(qa.workspace, paper, audience, today=qa.today)):
            at.say("First decide on what could identify somebody: it is shown now.", severity="warning")
            look = partial(found_in, qa.workspace, paper, audience, today=qa.today)
            at.app.push_screen(ReleaseScreen(audience, look))
            return
        write_meeting_paper(
            qa.workspace, paper, out, kind="minutes", subject=at.meeting_id,
            audience=audience, by=qa.by, now=qa.now(),
        )  # fmt: skip
        at.say(f"Written: {out.resolve()}. The code in the footer is {paper.head}.")
    except QAError as error:
        at.refuse(error)
