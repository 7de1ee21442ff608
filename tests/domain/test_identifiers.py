from __future__ import annotations

import time
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from qa_toolkit.domain.errors import IdentifierError
from qa_toolkit.domain.identifiers import Kind, check_case_ref, identifiers, nhs_number_is_valid, upn_is_valid

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("DOB 12/03/2010", Kind.DATE_OF_BIRTH, "12/03/2010"),
        ("d.o.b.: 12.3.10", Kind.DATE_OF_BIRTH, "12.3.10"),
        ("She was born on the 3rd of June, 2012.", Kind.DATE_OF_BIRTH, "3rd of June, 2012"),
        ("Date of Birth = 2010-03-12", Kind.DATE_OF_BIRTH, "2010-03-12"),
        ("born June 3, 2012", Kind.DATE_OF_BIRTH, "June 3, 2012"),
        ("12 Mar 2010 (birthday)", Kind.DATE_OF_BIRTH, "12 Mar 2010"),
        ("born in March 2011", Kind.DATE_OF_BIRTH, "March 2011"),
        ("dob 03/2011", Kind.DATE_OF_BIRTH, "03/2011"),
        ("NHS 943 476 5919.", Kind.NHS_NUMBER, "943 476 5919"),
        ("nhs:9434765919", Kind.NHS_NUMBER, "9434765919"),
        ("943-476-5919", Kind.NHS_NUMBER, "943-476-5919"),
        ("UPN H801200001001", Kind.UPN, "H801200001001"),
        ("upn h801200001001", Kind.UPN, "h801200001001"),
        ("lives at SW1A 1AA.", Kind.POSTCODE, "SW1A 1AA"),
        ("ec1v9hx", Kind.POSTCODE, "ec1v9hx"),
        ("M1\u00a01AE", Kind.POSTCODE, "M1\u00a01AE"),
        ("DN55 1PT", Kind.POSTCODE, "DN55 1PT"),
        ("ring 07700 900123", Kind.PHONE, "07700 900123"),
        ("(01632) 960001", Kind.PHONE, "(01632) 960001"),
        ("020 7946 0958", Kind.PHONE, "020 7946 0958"),
        ("+44 (0)20 7946 0958", Kind.PHONE, "+44 (0)20 7946 0958"),
        ("+447700900123", Kind.PHONE, "+447700900123"),
        ("00447700900123", Kind.PHONE, "00447700900123"),
        ("write to a.b+c@school.example.org.", Kind.EMAIL, "a.b+c@school.example.org"),
    ],
)
def test_each_kind_is_found_where_it_stands(text: str, kind: Kind, found: str) -> None:
    (hit,) = identifiers(text, today=TODAY)
    assert (hit.kind, hit.text) == (kind, found)
    assert text[hit.start : hit.end] == found
    assert kind.label in hit.sentence
    assert kind.way_out in hit.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Strategy meeting on 12/03/2026, review 2026-04-01.",
        "The unborn baby was discussed on 1/2/2026",
        "Dated 12/03/2010\nborn abroad",
        "born in 1962, met in March 1999",
        "943 476 5918",
        "0000000000",
        "crime number 1234567890123",
        "H801200001002",
        "in a1 2nd floor; b4 3rd visit; S47 2nd meeting",
        "CE-2026-01-C07 UI-04 R-2026-014 A-2026-003",
        "Childline 0800 1111, 101, 0300 123 4567",
        "01-02-2026 10:30",
        "a.auditor@police",
        "10:00-11:30, 14 days, 72 hours, 7 of 8",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert identifiers(text, today=TODAY) == []


def test_a_month_of_birth_is_told_only_for_the_young_and_with_a_today() -> None:
    assert identifiers("born in March 2011") == []
    assert identifiers("born in March 1971", today=TODAY) == []


def test_hits_come_in_order_and_do_not_overlap() -> None:
    text = "07700 900123, h801200001001, DOB 1/2/2010, 07700900123@example.org, SW1A 1AA"
    hits = identifiers(text, today=TODAY)
    assert [hit.kind for hit in hits] == [Kind.PHONE, Kind.UPN, Kind.DATE_OF_BIRTH, Kind.EMAIL, Kind.POSTCODE]
    assert all(one.end <= two.start for one, two in pairwise(hits))


@pytest.mark.parametrize(
    ("number", "valid"), [("9434765919", True), ("4010232137", True), ("9434765918", False), ("943476591", False)]
)
def test_an_nhs_number_has_the_right_check_digit(number: str, valid: bool) -> None:
    assert nhs_number_is_valid(number) is valid


def test_one_changed_digit_is_never_a_valid_number() -> None:
    for place in range(10):
        for digit in "0123456789":
            changed = "9434765919"[:place] + digit + "9434765919"[place + 1 :]
            assert nhs_number_is_valid(changed) is (changed == "9434765919")


@pytest.mark.parametrize(("upn", "valid"), [("H801200001001", True), ("A801200001001", False), ("H80120000100", False)])
def test_a_pupil_number_has_the_right_check_letter(upn: str, valid: bool) -> None:
    assert upn_is_valid(upn) is valid


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    valid = [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if upn_is_valid(f"{letter}80120000100A")]
    assert len(valid) == 1
    assert [hit.kind for hit in identifiers(f"{valid[0]}80120000100A")] == [Kind.UPN]


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "a@", "a.", "@a.", "x@a.a", "dob ", "dob 1/1/10 ", "1/1/10 ", "A1", "0", "0 ", "+44 ", "(0", "()",
     "SW1A ", "born jan ", "jan ", "d.o.b", "01-02-2026 10", "123 456 7890 ", "1\u00a0", "-", "\n"],
)  # fmt: skip
def test_a_megabyte_made_to_be_slow_is_not(piece: str) -> None:
    # Held against plain text of that length: machines differ. A step too many for each letter would be 1,000 times.
    assert seconds("DOB " + piece * (1_000_000 // len(piece))) < 30 * plain_seconds()


def seconds(text: str) -> float:
    started = time.process_time()
    identifiers(text, today=TODAY)
    return time.process_time() - started


@cache
def plain_seconds() -> float:
    return seconds("She said she was well. " * (1_000_000 // 23))


@pytest.mark.parametrize(
    ("typed", "kept"), [("CE-2026-01-C07", "CE-2026-01-C07"), ("c07", "C07"), (" ce-2026-01-c07 ", "CE-2026-01-C07")]
)
def test_a_case_reference_has_the_form_of_an_id(typed: str, kept: str) -> None:
    assert check_case_ref(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["Jane Smith", "SMITH-01", "JS", "JS-2010", "J", "LCS123456", "CE-2026-01-SMITH", "C07 Jane", "", "C\u0660\u0667",
     "ce-2026-01-c07\ud800", "ı-2026", "\x1b]0;x\x07", "A" * 100_000],
)  # fmt: skip
def test_anything_else_is_refused_and_told_why(typed: str) -> None:
    with pytest.raises(IdentifierError) as refusal:
        check_case_ref(typed)
    said = str(refusal.value)
    assert "leads back to the child" in said
    assert "\x1b" not in said
    assert len(said) < 400
