"""The tables of deeds: one key, one deed, on every screen there is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import qa_toolkit.tui
from qa_toolkit.tui.app import EVERYWHERE, QAApp
from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.scoring.concern import ConcernScreen

for module in pkgutil.walk_packages(qa_toolkit.tui.__path__, "qa_toolkit.tui."):
    importlib.import_module(module.name)

OF_THEIR_OWN = {(ConcernScreen, "f8")}
"""Where a screen has a key that does something else everywhere else."""


def screens(of: type[QAScreen] = QAScreen) -> Iterator[type[QAScreen]]:
    for screen in of.__subclasses__():
        yield screen
        yield from screens(screen)


@pytest.mark.parametrize("screen", sorted(set(screens()), key=lambda s: s.__name__), ids=lambda s: s.__name__)
def test_no_key_does_two_things_on_one_screen(screen: type[QAScreen]) -> None:
    keys = [(key, deed) for deed in screen.DEEDS for key in deed.key.split(",")]
    names = [key for key, _ in keys]
    assert sorted({key for key in names if names.count(key) > 1}) == []
    everywhere = {key: f"app.{deed.does}" for deed in EVERYWHERE for key in deed.key.split(",")}
    hidden = [key for key, deed in keys if everywhere.get(key, deed.does) != deed.does]
    assert [key for key in hidden if (screen, key) not in OF_THEIR_OWN] == []


@pytest.mark.parametrize("screen", sorted(set(screens()), key=lambda s: s.__name__), ids=lambda s: s.__name__)
def test_what_a_table_names_can_be_done(screen: type[QAScreen]) -> None:
    for deed in screen.DEEDS:
        action = deed.does.partition("(")[0]
        where = QAApp if action.startswith("app.") else screen
        assert hasattr(where, f"action_{action.removeprefix('app.')}"), deed
