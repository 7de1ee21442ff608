"""Ids that are proposed: from a name, never longer or stranger than an id may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.ids import check_agency_id, check_person_id, handle_for, slug


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Alex Auditor", "a.auditor"),
        ("A. Auditor", "a.auditor"),
        ("Siân O'Hara-Évora", "s.ohara-evora"),
        ("Mary Jane van der Berg", "m.berg"),
        ("Cher", "cher"),
        ("李", ""),
        ("  ", ""),
    ],
)
def test_a_handle_is_what_people_would_expect(name: str, handle: str) -> None:
    assert handle_for(name) == handle


@given(st.text(max_size=60))
def test_whatever_is_made_of_a_name_may_be_an_id(name: str) -> None:
    if handle := handle_for(name):
        assert check_person_id(f"{handle}@police") == f"{handle}@police"
    # A few names are kept by some computers for devices; those are refused when they are recorded.
    if (made := slug(name, 30)) and not made.startswith(("con", "prn", "aux", "nul", "com", "lpt")):
        assert check_agency_id(made) == made
