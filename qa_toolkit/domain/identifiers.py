"""Identifiers in free text, found where they stand: dates of birth, NHS numbers, UPNs, postcodes, phones, e-mail.

Names cannot be told by rule and are not looked for. The rules, in words:

- *date of birth*: a full date with a word of birth (born, birth, birthday, DOB, D.O.B.) in the 40 characters before it
  or the 20 after it, on the same line; and, where `today` is given, a month and year directly after such a word, if
  that makes a person of 25 or less. A date with no word of birth is taken for a day when something happened.
- *NHS number*: ten digits (also 3 3 4) whose check digit is right (modulus 11, NHS Data Dictionary).
- *UPN*: a capital or small letter and twelve digits, or eleven and a letter (temporary), whose check letter is right
  (modulus 23, DfE guide to unique pupil numbers).
- *postcode*: a real postcode area, then a district and an inward code; "1st", "2nd" and the like are not inward codes.
- *phone number*: a United Kingdom mobile or landline (01, 02, 07, also +44 and 0044). Helplines and switchboards (03,
  08, 09) are nobody's own.
- *e-mail address*: one with a dot in its domain; `a.auditor@police` is a handle, not an address.

Every pattern takes time in proportion to the text, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from qa_toolkit.domain.errors import IdentifierError
from qa_toolkit.domain.text import shorten, visible


class Kind(StrEnum):
    """What a piece of text looks like."""

    DATE_OF_BIRTH = "date_of_birth"
    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    CASE = "case"
    """A child's pseudonym: looked for only by the release check, in what goes to readers who see no cases."""

    @property
    def label(self) -> str:
        """The kind in words, with its article."""
        return _WORDS[self][0]

    @property
    def way_out(self) -> str:
        """What to write instead."""
        return _WORDS[self][1]


_WORDS: Final = {
    Kind.DATE_OF_BIRTH: ("a date of birth", "give the age in years instead"),
    Kind.NHS_NUMBER: ("an NHS number", "leave it out; the case reference is enough"),
    Kind.UPN: ("a unique pupil number", "leave it out; the case reference is enough"),
    Kind.POSTCODE: ("a postcode", "give the district or the kind of place instead"),
    Kind.PHONE: ("a phone number", "say whose it is by role instead"),
    Kind.EMAIL: ("an e-mail address", "say whose it is by role instead"),
    Kind.CASE: ("the reference of a child’s case", "say what was seen without naming the case"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that looks like an identifier: `source[start:end]` is `text`."""

    kind: Kind
    start: int
    end: int
    text: str
    """The words themselves: fit for the person who typed them, not for a log or an export."""

    @property
    def sentence(self) -> str:
        """What it looks like and what to do, quoting it."""
        return f"“{visible(self.text)}” looks like {self.kind.label}: {self.kind.way_out}."


# A date's separators; a space may be the hard one that Word puts in.
_GAP = r"[ \t\u00a0]"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_FULL_DATE = re.compile(
    rf"(?<![0-9])(?:"
    rf"[0-9]{{1,2}}{_GAP}?[/.-]{_GAP}?[0-9]{{1,2}}{_GAP}?[/.-]{_GAP}?(?:[0-9]{{4}}|[0-9]{{2}})"
    rf"|[0-9]{{1,2}}{_GAP}[0-9]{{1,2}}{_GAP}(?:19|20)[0-9]{{2}}"
    rf"|(?:19|20)[0-9]{{2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?[ \t\u00a0-]{{0,2}}(?:of{_GAP})?{_MONTH}[ \t\u00a0,.-]{{0,3}}"
    rf"(?:[0-9]{{4}}|[0-9]{{2}})"
    rf"|(?<![a-z]){_MONTH}{_GAP}{{1,2}}[0-9]{{1,2}}(?:st|nd|rd|th)?,?{_GAP}{{1,2}}[0-9]{{4}}"
    rf")(?![0-9])",
    re.IGNORECASE,
)
_BIRTH_WORD = r"(?<![a-z])(?:born|birth(?:day|date|s)?|d\.?o\.?b)(?![a-z])"
_BIRTH = re.compile(_BIRTH_WORD, re.IGNORECASE)
_BIRTH_MONTH = re.compile(
    rf"{_BIRTH_WORD}[ \t\u00a0.:,=(-]{{0,4}}(?:(?:in|is|was|of){_GAP}{{1,2}})?"
    rf"(?P<date>(?:{_MONTH}[ \t\u00a0,.-]{{1,3}}|[0-9]{{1,2}}/)(?P<year>(?:19|20)[0-9]{{2}}))(?![0-9/.-])",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 40, 20
_NHS = re.compile(rf"(?<![0-9])[0-9]{{3}}(?:{_GAP}|-)?[0-9]{{3}}(?:{_GAP}|-)?[0-9]{{4}}(?![0-9])")
_UPN = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z](?![A-Z0-9])", re.IGNORECASE)
_UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR[ \t\u00a0]{0,2}0AA|"
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]"
    r"|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
    r"(?:[0-9][0-9A-HJKMNPR-Y]?)[ \t\u00a0]{0,2}(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2}))(?![A-Z0-9])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![0-9A-Za-z+])(?:(?:\+|00)44[ \u00a0()-]{0,3}(?:0[ \u00a0)-]{0,2})?|\(?0)"
    r"[127](?:[ \u00a0()-]{0,2}[0-9]){8,9}(?![0-9])"
)
_DATE_SHAPED = re.compile(r"[0-9]{1,2}[ -][0-9]{1,2}[ -](?:19|20)[0-9]{2}")
# Possessive, so that a long run of letters without an @ is read once and not once from each of them.
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+'-])[A-Za-z0-9._%+'-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++", re.IGNORECASE)


def identifiers(text: str, *, today: date | None = None) -> list[Hit]:
    """Everything in the text that looks like an identifier, in the order in which it stands, without overlaps.

    `today` lets a month and year of birth be told (see the rule above); without it only full dates are.
    """
    found: list[Hit] = []
    taken: list[tuple[int, int]] = []
    # The surest first: where two overlap (an address that holds a number), the surer one is pointed out.
    births = _dates_of_birth(text, today)
    for hits in (_emails(text), _upns(text), births, _phones(text), _nhs_numbers(text), _postcodes(text)):
        fresh = _outside(hits, taken)
        found += fresh
        taken = sorted(taken + [(hit.start, hit.end) for hit in fresh])
    return sorted(found, key=lambda hit: hit.start)


_CASE_IN_TEXT: Final = re.compile(r"(?<![A-Z0-9-])[A-Z]{2,6}-[0-9]{4}-[0-9]{2,3}-C[0-9]{2,4}(?![0-9])", re.IGNORECASE)


def case_references(text: str) -> list[Hit]:
    """Every pseudonym of a child in the text, such as `CE-2026-01-C07`."""
    return [_hit(Kind.CASE, match) for match in _CASE_IN_TEXT.finditer(text)]


def _outside(hits: Iterator[Hit], taken: list[tuple[int, int]]) -> list[Hit]:
    """The hits that touch none of the taken stretches; both come in order, so each is passed once."""
    fresh, place = [], 0
    for hit in hits:
        while place < len(taken) and taken[place][1] <= hit.start:
            place += 1
        if place == len(taken) or taken[place][0] >= hit.end:
            fresh.append(hit)
    return fresh


def _hit(kind: Kind, match: re.Match[str], group: str | int = 0) -> Hit:
    return Hit(kind, match.start(group), match.end(group), match[group])


def _emails(text: str) -> Iterator[Hit]:
    if "@" in text:
        yield from (_hit(Kind.EMAIL, match) for match in _EMAIL.finditer(text))


def _upns(text: str) -> Iterator[Hit]:
    yield from (_hit(Kind.UPN, match) for match in _UPN.finditer(text) if upn_is_valid(match[0]))


def _nhs_numbers(text: str) -> Iterator[Hit]:
    yield from (_hit(Kind.NHS_NUMBER, match) for match in _NHS.finditer(text) if nhs_number_is_valid(match[0]))


def _postcodes(text: str) -> Iterator[Hit]:
    for match in _POSTCODE.finditer(text):
        inward = match["inward"] or ""
        if inward[1:] not in ("st", "nd", "rd", "th"):
            yield _hit(Kind.POSTCODE, match)


def _phones(text: str) -> Iterator[Hit]:
    for match in _PHONE.finditer(text):
        # "01-02-2026 10:30" has the digits of a number, but it is a day and a time.
        if not _DATE_SHAPED.match(match[0]):
            yield _hit(Kind.PHONE, match)


def _dates_of_birth(text: str, today: date | None) -> Iterator[Hit]:
    if _BIRTH.search(text) is None:
        return
    hits = [_hit(Kind.DATE_OF_BIRTH, match) for match in _FULL_DATE.finditer(text) if _near_birth(text, match)]
    if today is not None:
        taken = [(hit.start, hit.end) for hit in hits]
        months = (
            _hit(Kind.DATE_OF_BIRTH, match, "date")
            for match in _BIRTH_MONTH.finditer(text)
            if 0 <= today.year - int(match["year"]) <= 25
        )
        hits += _outside(months, taken)
    yield from sorted(hits, key=lambda hit: hit.start)


def _near_birth(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    after = text[end : end + _AFTER].partition("\n")[0]
    return _BIRTH.search(before) is not None or _BIRTH.search(after) is not None


def nhs_number_is_valid(text: str) -> bool:
    """Whether ten digits, however spaced, carry the right check digit; ten noughts do not count."""
    digits = [int(char) for char in text if char.isdigit()]
    if len(digits) != 10 or not any(digits):
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check != 10 and check % 11 == digits[9]


def upn_is_valid(text: str) -> bool:
    """Whether a unique pupil number, permanent or temporary, carries the right check letter."""
    letter, rest = text[:1].upper(), text[1:].upper()
    if len(rest) != 12 or not rest[:11].isdigit() or (not rest[11].isdigit() and rest[11] not in _UPN_LETTERS):
        return False
    values = [int(char) if char.isdigit() else _UPN_LETTERS.index(char) for char in rest]
    return _UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23] == letter


_CASE_REF: Final = re.compile(r"(?:[A-Z]{2,4}-[0-9]{4}-[0-9]{2,3}-)?C[0-9]{2,4}")


def check_case_ref(text: str) -> str:
    """The reference of a case as it is kept: `CE-2026-01-C07`, or `C07` inside its audit, in capitals.

    Raises:
        IdentifierError: It is anything else. A reference in an agency's own style may hold a name, initials, a date of
            birth or a number that leads back to the child.
    """
    ref = text.strip().upper()
    if text.isascii() and _CASE_REF.fullmatch(ref):
        return ref
    shown = shorten(visible(text.strip()), 40)
    raise IdentifierError(
        f"“{shown}” cannot be a case reference, because it may hold a name or a number that leads back to the child: "
        "use the one the toolkit gives, such as C07 or CE-2026-01-C07, and keep the list of who is who outside it."
    )
