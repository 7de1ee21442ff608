"""The line of keys: what it shows, what a click does, and when it is drawn again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widgets import Input

from qa_toolkit.tui.widgets.footer import Footer


class Keys(App[None]):
    """Four keys, one of which is off, one not for the line, and a field with none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "note('a')", "Audits", tooltip="All audits."),
        Binding("b", "note('b')", "Begin"),
        Binding("x", "note('x')", "Hidden", show=False),
        Binding("l", "off", "Late", tooltip="What is owed."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[str] = []
        self.on = False

    def compose(self) -> ComposeResult:
        yield Input()
        yield Footer()

    def action_note(self, key: str) -> None:
        self.noted.append(key)

    def action_off(self) -> None:
        self.noted.append("l")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return True if action != "off" or self.on else None


@asynccontextmanager
async def keys(width: int) -> AsyncIterator[tuple[Keys, Footer, Pilot[None]]]:
    app = Keys()
    async with app.run_test(size=(width, 10)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        yield app, app.query_one(Footer), pilot


async def test_a_key_that_does_not_fit_is_left_out_whole() -> None:
    async with keys(60) as (_, footer, _):
        assert footer.render().plain == f"{' a Audits  b Begin  l Late':<48}▏^p palette"
    async with keys(38) as (_, footer, _):
        assert footer.render().plain == f"{' a Audits  b Begin  l Late':<26}▏^p palette"
    async with keys(37) as (_, footer, _):
        assert footer.render().plain == f"{' a Audits  b Begin':<25}▏^p palette"


async def test_a_click_presses_the_key_and_one_that_is_off_does_nothing() -> None:
    async with keys(60) as (app, footer, pilot):
        await pilot.click(footer, offset=(13, 0))
        await pilot.click(footer, offset=(22, 0))
        await pilot.click(footer, offset=(35, 0))
        assert app.noted == ["b"]


async def test_the_mouse_over_a_key_says_what_it_does() -> None:
    async with keys(60) as (_, footer, pilot):
        await pilot.hover(footer, offset=(3, 0))
        assert footer.tooltip == "All audits."
        await pilot.hover(Input)
        assert footer.tooltip is None


async def test_it_is_drawn_again_only_when_other_keys_work() -> None:
    async with keys(60) as (app, footer, pilot):
        before = footer.keys
        app.screen.refresh_bindings()
        assert footer.keys is before, "the same keys are not taken anew"
        app.on = True
        app.screen.refresh_bindings()
        await pilot.pause()
        assert [one.enabled for one in footer.keys] == [True, True, True]
        await pilot.click(footer, offset=(22, 0))
        assert app.noted == ["l"]
