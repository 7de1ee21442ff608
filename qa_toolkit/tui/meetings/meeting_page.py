"""What the meeting's screen says: the list of items, what changed, the consent list, one item. Texts only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from textual.content import Content
from textual.widgets.option_list import Option

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.agenda_items import Item
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.meetings import Decision, Meeting, Stage
from qa_toolkit.domain.plans.since import Since
from qa_toolkit.domain.text import full_stop, shorten
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.workflow.plans.agenda import Papers

SINCE: Final = "since"
CONSENT: Final = "consent"
STYLES: Final = {Colour.RED: "bold $text-error", Colour.AMBER: "$text-warning", Colour.GREEN: "$text-success"}


def options(
    items: Sequence[Item], done: Mapping[str, Sequence[Decision]], alone: Collection[str], width: int
) -> list[Option]:
    """The list: what changed, the consent list, then every part with its items; a tick where something was decided."""
    listed = on_consent(items, done, alone)
    found = [
        Option(shown("Since the last meeting", "bold"), id=SINCE),
        Option(shown(f"Consent list: {len(listed)}", "bold"), id=CONSENT),
    ]
    section = None
    for item in items:
        if item.section is not section:
            section = item.section
            many = sum(one.section is section for one in items)
            found.append(Option(shown(shorten(f"{section.label} ({many})", width), "bold underline"), disabled=True))
        found.append(Option(_line(item, item.key in done, width), id=item.key))
    return found


def on_consent(items: Iterable[Item], done: Mapping[str, Sequence[Decision]], alone: Collection[str]) -> list[Item]:
    """What the consent list takes now: uncontested, not decided, and not taken by itself."""
    return [item for item in items if item.consent and item.key not in done and item.key not in alone]


def _line(item: Item, done: bool, width: int) -> Content:
    mark = "✓ " if done else "↻ " if item.carried else "  "
    named = f"{item.key} " if item.key.startswith("A-") else ""
    text = shorten(f"{named}{item.title}", max(width - 4, 8))
    colour = item.colour
    # Without its colour: under the cursor, red on blue cannot be read from the back of a room.
    letter = shown(colour.letter, "bold" if colour is Colour.RED else "") if colour else shown(" ")
    return Content.assemble(shown(mark), letter, shown(f" {text}", "dim" if done else ""))


def head(meeting: Meeting, group: str, chair: str, quorum: str, count: str, width: int) -> Content:
    """The lines at the top: which meeting, how far it is, who chairs, whether it may decide."""
    stage = {Stage.OPEN: "sitting", Stage.PLANNED: "not opened yet: b opens it"}.get(
        meeting.stage, meeting.stage.label.lower()
    )
    first = f"{group}, {show_date(meeting.day)} · {stage}"
    second = f"{count} · Chair: {chair or 'nobody yet'}" + (f" · {quorum}" if meeting.opened_at else "")
    return Content("\n").join([lines_shown(hanging(first, width, 2), "bold"), lines_shown(hanging(second, width, 2))])


def since_page(since: Since, at: Papers, width: int) -> Content:
    """What changed since the last meeting, with the three numbers before everything."""
    name = max(len(words) for words, _, _ in since.three) + 2
    numbers = [
        shown(f"{words:<{name}}{before:>4} → {after}", "bold")
        for words, before, after in [*since.three, ("Of all actions", since.closure_before.of, since.closure_after.of)]
    ]
    parts = [
        shown("Since the last meeting", "bold"), _wrapped(since.period, width), shown(""), *numbers, shown(""),
        _wrapped(since.flow.sentence, width), shown(""),
    ]  # fmt: skip
    for title, sentences in since.lists:
        if sentences:
            parts.append(shown(f"{title} ({len(sentences)})", "bold"))
            parts += [_wrapped(sentence, width, 2) for sentence in sentences]
            parts.append(shown(""))
    return Content("\n").join([*parts, _wrapped(at.words, width)])


def consent_page(
    listed: Sequence[Item], done: Mapping[str, Sequence[Decision]], alone: Collection[str], width: int
) -> Content:
    """The consent list, and what to do with it; once it was agreed, what that was."""
    if not listed:
        agreed = [one for decisions in done.values() for one in decisions if one.consent]
        words = f"Agreed in one decision, each minuted: {len(agreed)}." if agreed else "Nothing is on the consent list."
        lines = [_wrapped(f"✓ {one.kind.label}. {one.subject}: {one.text}", width, 2) for one in agreed]
        return Content("\n").join([shown("Consent list", "bold"), shown(""), _wrapped(words, width), shown(""), *lines])
    parts = [
        shown(f"Consent list: {len(listed)}", "bold"),
        _wrapped("Agreed in one decision, each minuted. x on an item takes it by itself; c agrees the list.", width),
        shown(""),
    ]
    for item in listed:
        parts.append(_wrapped(f"{item.key}  {item.title}", width, 2))
        parts += [_wrapped(f"  {item.why}", width, 4), shown("")]
    if alone:
        parts.append(_wrapped(f"Taken by themselves: {', '.join(sorted(alone))}.", width))
    return Content("\n").join(parts)


def item_page(
    item: Item, *, decisions: Sequence[Decision], later: str, thread: Sequence[str], notes: Sequence[str],
    alone: bool, names: Mapping[str, str], width: int,
) -> Content:  # fmt: skip
    """One item: what, why, what was decided, and its thread."""
    named = f"{item.key}  " if any(char.isdigit() for char in item.key) else ""
    colour = item.colour
    label = Content.styled(f"  {colour.label}", STYLES.get(colour, "")) if colour else shown("")
    parts = [
        Content.assemble(shown(f"{item.section.label}  {named}".rstrip(), "bold"), label),
        _wrapped(item.title, width, 0, "bold"), shown(""), _wrapped(item.why, width),
    ]  # fmt: skip
    if item.carried:
        parts.append(_wrapped("↻ Not reached last time.", width))
    if alone or item.contested:
        parts.append(_wrapped(f"Taken by itself: {item.contested or 'somebody asked for it'}.", width))
    elif item.consent and not decisions:
        parts.append(_wrapped("On the consent list; x takes it by itself.", width))
    parts += [_wrapped(note, width, 0, "bold") for note in (later, *notes) if note]
    for one in decisions:
        asked = f" Asked of {names.get(one.to, one.to)}" if one.to else ""
        back = f", back by {show_date(one.due_back)}" if one.due_back else ""
        tail = f"{asked}{back}." if asked or back else ""
        parts += [shown(""), _wrapped(f"✓ {one.kind.label}. {full_stop(one.text)}{tail}", width, 2, "bold")]
    if thread:
        # What the reason says already is not said twice, nor what was decided just now.
        new = [line for line in thread if line not in item.why and not any(one.text in line for one in decisions)]
        parts += [shown(""), *(_wrapped(line, width, 2) for line in new)]
    return Content("\n").join(parts)


def _wrapped(text: str, width: int, indent: int = 0, style: str = "") -> Content:
    return lines_shown(hanging(text, width, indent), style)
