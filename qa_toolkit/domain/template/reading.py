"""A template from its TOML text, or every fault in it with its line.

Three steps: the text (UTF-8, TOML), the shape (keys and types, by the models) and the sense (`checks`). A step is only
taken when the one before it found nothing, because its findings would be echoes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_json

from qa_toolkit.domain.errors import Fault, TemplateError
from qa_toolkit.domain.template.checks import check
from qa_toolkit.domain.template.faults import Found, did_you_mean, in_words, place_in_words, shown
from qa_toolkit.domain.template.lines import LineIndex
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.shape import TABLES, Loc, has_main, to_model_shape, toml_path
from qa_toolkit.domain.text import shorten, visible

LARGEST: Final = 2_000_000
"""Bytes in a template file; 4,000 questions with guidance are about that."""
MOST_FAULTS: Final = 300
"""So many are listed: nobody reads more, and a hint for each of a hundred thousand would take minutes."""

_AT = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)
# tomllib takes time with the square of a dotted key's length: without this, 2 MB of dots would take hours.
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){30}""")
_DEEP = "Brackets are nested deeper than any template needs: take the inner ones out."


def read_template(text: str | bytes, name: str) -> Template:
    """The template written in `text`; `name` is the file's, for the messages.

    Raises:
        TemplateError: It has faults; `faults` lists every one that can be told.
    """
    decoded = _decoded(text, name)
    raw = _parsed(decoded, name)
    built = build(raw)
    if built.template is not None and not built.found:
        return built.template
    raise _refused(name, decoded, raw, built)


class Built(NamedTuple):
    """What a file's tables make: a template, and what is wrong with it."""

    template: Template | None
    """None if keys or types are wrong."""
    found: list[Found]
    plain: dict[str, Any]
    """The tables in the shape of the models, in which faults have their places."""


def build(raw: dict[str, Any]) -> Built:
    """The template that these tables make, shaped as tomllib reads them; usable if nothing was found."""
    plain = to_model_shape(raw)
    found = _outside_the_models(raw)
    template = None
    try:
        # As JSON, because only there pydantic takes lists for tuples and text for dates while refusing "5" for 5.
        template = Template.model_validate_json(to_json(plain, inf_nan_mode="constants"), strict=True)
    except ValidationError as error:
        found += _by_the_models(error, plain, identified="template" in raw)
    except (ValueError, RecursionError):
        found.append(Found((), _DEEP))
    if template is not None and not found:
        found = check(template, MOST_FAULTS)
    return Built(template, found, plain)


def _decoded(text: str | bytes, name: str) -> str:
    size = len(text)
    if size > LARGEST:
        raise TemplateError(
            f"{name} has {size:,} bytes and a template may have {LARGEST:,}: leave out what is no question."
        )
    if not isinstance(text, str):
        if text.startswith(b"\xef\xbb\xbf"):
            raise _one(name, 1, "The file begins with an invisible mark (BOM). Save it as UTF-8 without BOM.")
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise _one(name, line, "The file is not UTF-8. Save it as UTF-8 in your editor.") from None
    if text.startswith("\ufeff"):
        raise _one(name, 1, "The file begins with an invisible mark (BOM). Save it as UTF-8 without BOM.")
    return text


def _parsed(text: str, name: str) -> dict[str, Any]:
    for number, words in enumerate(text.split("\n"), 1):
        if words.count(".") >= 30 and _LONG_KEY.search(words):
            raise _one(name, number, "Thirty words are joined by dots: no key is that long. Shorten it.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.match(str(error))
        line = int(found["line"]) if found and found["line"] else text.rstrip("\n").count("\n") + 1
        raise _one(name, line, _syntax(found["what"] if found else str(error))) from None
    except RecursionError:
        raise _one(name, None, _DEEP) from None
    except ValueError:
        # The one other refusal of tomllib: a number of more than 4,300 digits.
        raise _one(name, None, "A number in the file has thousands of digits: put a sensible one.") from None


_SYNTAX: Final = (
    ("Cannot overwrite a value", "This key stands twice in its table. Take one of the two out."),
    ("Cannot declare", "This table stands twice. Join the two, or write [[…]] if it is one of a list."),
    ("Expected '=' after a key", "This line is not `key = value`. Add the =, or # before it if it is a remark."),
    ("Unescaped '\\' in a string", "A \\ in a text between double quotes is written \\\\."),
    ("Illegal character '\\n'", "A text is not closed at the end of its line. Close it, or write it in three quotes."),
    ("Unclosed array", "A list is opened with [ and not closed. Add the ]."),
    ("Unclosed inline table", "A { is not closed on its line. Add the }, and keep what is between them on one line."),
    ("Expected ']", "A table’s name is not closed. Write [name], or [[name]] for one of a list."),
    ("Expected '\"", "A text is opened and never closed. Add the closing quote."),
    ("Expected \"'", "A text is opened and never closed. Add the closing quote."),
    ("Invalid value", "There is no value that TOML knows. Text stands between quotes; yes and no are true and false."),
    ("Invalid date or datetime", "There is no such day. A date is written 2026-01-31, without quotes."),
    ("Expected newline", "Something stands behind the value. Put one key on each line."),
)


def _syntax(what: str) -> str:
    plain = next((words for start, words in _SYNTAX if what.startswith(start)), None)
    return plain or f"This is not TOML: {shorten(visible(what), 120)}."


def _by_the_models(error: ValidationError, plain: dict[str, Any], *, identified: bool) -> list[Found]:
    errors = error.errors(include_url=False)[:MOST_FAULTS]
    inside = {tuple(one["loc"])[:end] for one in errors for end in range(len(one["loc"]))}
    # A list whose only item is faulty is also called too short: an echo.
    found = []
    for one in errors:
        loc = tuple(one["loc"])
        if one["type"] == "too_short" and loc in inside:
            continue
        if one["type"] == "missing" and len(loc) == 1 and not identified:
            continue  # said once for the whole table
        found.append(Found(loc, in_words(one, plain)))
    return found


def _outside_the_models(raw: dict[str, Any]) -> list[Found]:
    """Faults that the unfolding of shorthands would hide from the models."""
    top = ("template", *TABLES)
    found = []
    for key in raw:
        if key in top:
            continue
        if key in Template.model_fields:
            words = f"“{key}” belongs in the table [template]."
        else:
            words = f"“{key}” is not a part of a template.{did_you_mean(key, top)}"
        found.append(Found(("", key), words))
    identity = raw.get("template")
    if not isinstance(identity, dict):
        found.append(
            Found((), "The table [template] is missing: it holds id, title, edition, status, kind and subject.")
        )
    else:
        for key in TABLES:
            if key in identity:
                found.append(Found(("", "template", key), f"“{key}” is a table of its own, beside [template]."))
    scales = raw.get("scales", {})
    if not isinstance(scales, dict):
        found.append(Found(("scales",), "Scales are tables with their id in the name: [scales.my_scale]."))
        scales = {}
    for id, scale in scales.items():
        if isinstance(scale, dict) and "id" in scale:
            words = f"This scale’s id is {shown(id)}, its table’s name: take id out."
            found.append(Found(("", "scales", id, "id"), words))
    for s, section in _tables(raw.get("sections")):
        found += _asks_nobody(("sections", s), section)
        for q, question in _tables(section.get("questions")):
            loc: Loc = ("sections", s, "questions", q)
            found += [*_asks_nobody(loc, question), *_parts_without_id(loc, question)]
    return found


def _tables(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables of a list, numbered by where they stand in it; nothing of what is no list."""
    for number, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, dict):
            yield number, one


def _asks_nobody(loc: Loc, asked: dict[str, Any]) -> Iterator[Found]:
    if asked.get("agencies") == []:
        yield Found((*loc, "agencies"), "An empty list asks nobody. Name agencies, or take the key out to ask all.")


def _parts_without_id(loc: Loc, question: dict[str, Any]) -> Iterator[Found]:
    first = 1 if has_main(question) else 0
    for p, part in _tables(question.get("parts")):
        if p + first and "id" not in part:
            yield Found((*loc, "parts", p + first), 'A further part needs an id, such as id = "days".')


def _one(name: str, line: int | None, message: str) -> TemplateError:
    where = f"{name}, line {line}" if line else name
    return TemplateError(f"{name} cannot be used as a template.", [Fault(where, message)])


def _refused(name: str, text: str, raw: dict[str, Any], built: Built) -> TemplateError:
    index = LineIndex(text)
    placed = []
    for loc, message in built.found:
        # A place that begins with "" is one in the file already, outside the models.
        outside = loc[:1] == ("",)
        line = index.line_of(loc[1:] if outside else toml_path(raw, loc))
        words = place_in_words(built.plain, () if outside else loc)
        where = name + (f", line {line}" if line else "") + (f": {words}" if words else "")
        placed.append((line or 0, Fault(where, message)))
    placed.sort(key=lambda one: one[0])
    faults = list(dict.fromkeys(fault for _, fault in placed))
    later = " More may show when the keys and types are right." if built.template is None else ""
    if len(built.found) >= MOST_FAULTS:
        later = " These are the first; more may show when they are put right."
    return TemplateError(f"{name} has {'a fault' if len(faults) == 1 else f'{len(faults)} faults'}.{later}", faults)
