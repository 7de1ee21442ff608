"""Bank holidays in England and Wales, as data: an edition of a list, and the calendar made from it.

Source: GOV.UK, "UK bank holidays", for years it has published; later years by the Banking and Financial Dealings Act
1971 and the yearly proclamation that adds New Year's Day and the early May holiday. Moved and added days are in the
list: the early May holiday of 2020 (8 May, VE Day), the spring holiday of 2022 (2 June) and the Platinum Jubilee
(3 June), the State Funeral of Queen Elizabeth II (19 September 2022), the Coronation (8 May 2023). A day that is
proclaimed later needs a new edition. Where a holiday falls on a weekend, the list holds the weekday that stands for it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from qa_toolkit.domain.calendars import WorkingCalendar

EDITION: Final = "bank holidays in England and Wales, list of November 2026"

_DAYS: Final = {
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2031: "01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26",
    2032: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@cache
def england_and_wales() -> WorkingCalendar:
    """The working calendar of England and Wales, 2016 to 2032."""
    days = frozenset(date(year, int(day[:2]), int(day[3:])) for year, line in _DAYS.items() for day in line.split())
    return WorkingCalendar(EDITION, days, first_year=min(_DAYS), last_year=max(_DAYS))
