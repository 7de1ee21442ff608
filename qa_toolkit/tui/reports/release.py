"""The release check: what in its text could identify somebody, decided one by one or by pattern."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import work

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.identifiers import Hit, Kind
from qa_toolkit.domain.release import Found, Handled, Handling, check_pattern, code
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.forms.asking import AskText
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import hanging
from qa_toolkit.workflow import releasing

DEEDS = (
    Deed("allow", "a", "Allow", "Let it through as it stands, with the reason.", True),
    Deed("change", "o", "Change", "Put other words in its place in what goes out, with the reason.", True),
    Deed("alike", "l", "Alike", "Let everything through that is like a pattern, with the reason.", True),
    Deed("numbers", "n", "Numbers", "What is hidden of the counts of children, and why.", True),
    Deed("open", "enter", "Places", "Every place where it stands, and what was decided.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
_COLUMNS = (("Stands", 9), ("What", 24), ("Looks like", 15), ("Where", 0))


NO_CHILDREN = "It counts no children by facts about them, so no number has to be hidden."


class Told(NamedTuple):
    """One thing that was found, with every place where it stands."""

    hit: Hit
    handling: Handling | None
    places: list[str]

    @property
    def stands(self) -> str:
        """What was decided, in a word or two."""
        if self.handling is None:
            return "to decide"
        return "allowed" if self.handling.handled is Handled.RELEASED else "changed"


class ReleaseScreen(TableScreen):
    """What was found in something that is to go out."""

    HELP: ClassVar[str] = (
        "Everything in it that looks like a date of birth, an NHS number, a pupil number, a postcode, a phone "
        "number or an e-mail address; and, for readers who see no cases, a child’s case reference. What is to decide "
        "stands first. Names cannot be told by rule: read it.\n\n"
        "Best is to put the text right in the record. Else a lets it through, o puts other words in its place in what "
        "goes out (the record stays), and l lets through everything like a pattern, such as *@northshire.gov.uk. Each "
        "asks for the reason, which is kept with your name. A decision holds for these readers and those who see more, "
        "in all that goes out later."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(
        self, audience: Audience, look: Callable[[], list[Found]], *, short: str = "", numbers: Sequence[str] = ()
    ) -> None:
        """The check of something for that audience; `look` looks it through again.

        `numbers` says what small numbers hide in it, and `short` the same in a sentence; empty for what counts none.
        """
        super().__init__()
        self.audience, self._look = audience, look
        self._short, self._numbers = short or NO_CHILDREN, tuple(numbers) or (NO_CHILDREN,)
        self.listed: list[Told] = []

    def fill(self) -> None:
        """Look it through again, and list what was found."""
        told: dict[str, Told] = {}
        try:
            found = self._look()
        except QAError as error:
            self.head(str(error))
            return
        for one in found:
            told.setdefault(code(one.hit), Told(one.hit, one.handling, [])).places.append(one.place)
        self.listed = sorted(told.values(), key=lambda one: one.handling is not None)
        self._head()
        self.rows(_COLUMNS, ((one.stands, one.hit.text, _kind(one.hit.kind), _where(one)) for one in self.listed))
        self.table.display = bool(self.listed)

    def _head(self) -> None:
        waiting, width = sum(one.handling is None for one in self.listed), max(self.qa.size.width - 5, 30)
        if waiting:
            verdict = f"{waiting} to decide on, so it may not go yet"
        else:
            verdict = "it may go, as far as rules can tell"
        heading = hanging(f"For {self.audience.label}: {verdict}", width, 0)
        words = self._short
        if not self.listed:
            found = "Nothing in its text looks like an identifier. Names cannot be told by rule: read it."
            words = "\n".join([found, "", *self._numbers])
        lines = [hanging(line, width, len(line) - len(line.lstrip())) for line in words.split("\n")]
        self.head(heading, "\n".join(lines))

    @property
    def chosen(self) -> Told | None:
        """What the cursor stands on."""
        return self.at_cursor(self.listed)

    def words(self) -> str:
        """What it is, what was decided, and where it stands."""
        one, width = self.chosen, max(self.qa.size.width - 5, 30)
        if one is None:
            return ""
        lines = [one.hit.sentence, _decided(one), f"Stands in: {'; '.join(one.places[:3])}"]
        if len(one.places) > 3:
            lines.append(f"and {len(one.places) - 3} more places; Enter lists them.")
        return "\n".join(hanging(line, width, 2) for line in lines)

    def action_open(self) -> None:
        """Everything about it."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        if (one := self.chosen) is not None:
            lines = [one.hit.sentence, _decided(one), "", "It stands in:", *(f"  - {place}" for place in one.places)]
            self.app.push_screen(Page(shorten(one.hit.text, 60), "\n".join(lines)))

    def action_numbers(self) -> None:
        """What small numbers hide."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        width = max(min(self.qa.size.width * 9 // 10, 100) - 8, 30)
        lines = [hanging(line, width, len(line) - len(line.lstrip()) + 2) for line in self._numbers]
        self.app.push_screen(Page("Small numbers", "\n".join(lines)))

    # --- deciding

    @work
    async def action_allow(self) -> None:
        """Let it through."""
        one = self.chosen
        if one is None:
            return
        kept = f"{code(one.hit)} allowed"
        why = await self._why(f"Let “{shorten(one.hit.text, 40)}” through", kept)
        if why is not None:
            self._decide(lambda by: releasing.release(self.qa.workspace, code(one.hit), self.audience, why, by=by,
                                                      now=self.qa.now(), today=self.qa.today), kept)  # fmt: skip

    @work
    async def action_change(self) -> None:
        """Put other words in its place."""
        one = self.chosen
        if one is None:
            return
        title = f"Other words for “{shorten(one.hit.text, 40)}”"
        words = "What is to stand in its place in what goes out, such as: the school. The record stays as it is."
        kept = f"{code(one.hit)} changed"
        to = await self.app.push_screen_wait(AskText(title, words, check=_something, kept=f"{kept} to"))
        if to is None:
            return
        why = await self._why(title, kept)
        if why is not None:
            self._decide(lambda by: releasing.change(self.qa.workspace, code(one.hit), to, self.audience, why,
                                                     by=by, now=self.qa.now(), today=self.qa.today),
                         kept, f"{kept} to")  # fmt: skip

    @work
    async def action_alike(self) -> None:
        """Let everything like it through."""
        one = self.chosen
        if one is None:
            return
        title = f"Everything that looks like {one.hit.kind.label}"
        words = "and is like which pattern? * stands for anything, as in *@northshire.gov.uk."
        pattern = await self.app.push_screen_wait(
            AskText(title, words, _pattern(one.hit), check=lambda text: _check(one.hit.kind, text))
        )
        if pattern is None:
            return
        kept = f"{one.hit.kind.value} like {pattern} allowed"
        why = await self._why(f"Let {shorten(pattern, 40)} through", kept)
        if why is not None:
            self._decide(
                lambda by: releasing.release_like(
                    self.qa.workspace, one.hit.kind, pattern, self.audience, why, by=by, now=self.qa.now(),
                    today=self.qa.today,
                ),
                kept,
            )  # fmt: skip

    async def _why(self, title: str, kept: str) -> str | None:
        words = f"For {self.audience.label} and those who see more. Why, in a sentence?"
        return await self.app.push_screen_wait(AskText(title, words, check=_sentence, kept=kept))

    def _decide(self, deed: Callable[[str], Handling], *kept: str) -> None:
        before = sum(one.handling is None for one in self.listed)
        try:
            deed(self.qa.person.id if self.qa.person else "")
        except QAError as error:
            self.refuse(error)
            return
        self.qa.left.forget(*kept)
        self.fill()
        # What is still to decide stands first.
        self.table.move_cursor(row=0)
        after = sum(one.handling is None for one in self.listed)
        self.say(f"Recorded: {before - after} decided; {after} left to decide on.")


def _decided(one: Told) -> str:
    made = one.handling
    if made is None:
        return "Nobody has decided on it: a lets it through, o puts other words in its place, l takes all alike."
    what = f"shown as “{made.to}”" if made.handled is Handled.CHANGED else "let through"
    like = f" (like {made.pattern})" if made.pattern else ""
    return f"It is {what}{like}, by {made.by} on {show_date(made.on)}: {made.reason}"


def _kind(kind: Kind) -> str:
    """The kind in a word or two."""
    return "case reference" if kind is Kind.CASE else kind.label.partition(" ")[2]


def _pattern(hit: Hit) -> str:
    """A first pattern: everybody of an e-mail address's organisation, else the text itself."""
    return f"*@{hit.text.partition('@')[2]}" if hit.kind is Kind.EMAIL else hit.text


def _check(kind: Kind, text: str) -> None:
    check_pattern(kind, text)


def _something(text: str) -> None:
    if not text:
        raise InputError("Say what is to stand in its place.")


def _sentence(text: str) -> None:
    if len(text) < 10:
        raise InputError("Say in a sentence why: it is kept with your name.")


def _where(one: Told) -> str:
    return one.places[0] + (f" and {len(one.places) - 1} more" if len(one.places) > 1 else "")
