"""Templates made up by hypothesis: odd in their words, right in their sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.model import Template

_LETTER = st.characters(exclude_categories=("Cs",))
TEXT = st.text(_LETTER, max_size=30)
WORDS = st.text(_LETTER, min_size=1, max_size=30).filter(str.strip)
_SMALL = st.from_regex(r"[a-z][a-z0-9]{0,6}(_[a-z0-9]{1,4})?", fullmatch=True).filter(
    lambda id: id not in ("con", "prn", "aux", "nul")
)
SCALES = ("yes_no", "yes_partly_no", "grade", "rag")


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these keys, each there or not."""
    return st.fixed_dictionaries({}, optional=fields)


OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"value": _SMALL, "label": WORDS},
        optional={"score": st.integers(0, 9), "weak": st.booleans(), "descriptor": TEXT},
    ),
    min_size=2,
    max_size=4,
    unique_by=lambda option: option["value"],
)


@st.composite
def parts(draw: st.DrawFn, id: str, *, column: bool = False) -> dict[str, Any]:
    """A part of any type, with what its type needs."""
    kinds = ["choice", "scale", "choices", "integer", "percentage", "date", "timed", "short_text", "long_text"]
    kind = draw(st.sampled_from(kinds if column else [*kinds, "matrix", "repeat", "evidence_list"]))
    part: dict[str, Any] = {"id": id, "type": kind, "label": draw(TEXT), "required": draw(st.booleans())}
    if kind == "scale":
        part |= {"type": "choice", "scale": draw(st.sampled_from(SCALES))}
    elif kind in ("choice", "choices"):
        part["options"] = draw(OPTIONS)
        part["descriptors"] = {part["options"][0]["value"]: draw(TEXT)}
    elif kind == "integer":
        part |= {"min": draw(st.integers(-9, 0)), "max": draw(st.integers(0, 10**12)), "unit": draw(TEXT)}
    elif kind == "timed":
        unit, days = draw(st.sampled_from(["hours", "days"])), draw(st.sampled_from(["calendar", "working"]))
        part["standard"] = {"within": draw(st.integers(1, 99)), "unit": unit, "days": days}
    elif kind == "matrix":
        rows = draw(st.lists(st.fixed_dictionaries({"id": _SMALL, "label": TEXT}), min_size=1, max_size=3,
                             unique_by=lambda row: row["id"]))  # fmt: skip
        part |= {"rows": rows, "scale": draw(st.sampled_from(SCALES))}
    elif kind == "repeat":
        part["columns"] = [draw(parts(name, column=True)) for name in ("one", "two")]
    return part


@st.composite
def questions(draw: st.DrawFn, id: str, earlier: str | None) -> dict[str, Any]:
    """A question with one part or two, that may hang on an earlier one."""
    first = draw(st.sampled_from([MAIN, MAIN, "first"]))
    found = [draw(parts(first))]
    if draw(st.booleans()):
        second = draw(parts("second"))
        second["show_if"] = {"part": first, "answered": draw(st.booleans())}
        found.append(second)
    question = {"id": id, "text": draw(WORDS), "parts": found} | draw(
        optional(
            guidance=TEXT,
            look_for=st.lists(TEXT, max_size=3),
            evidence=optional(rule=st.sampled_from(["none", "required", "when_weak"]), min_length=st.integers(0, 2000)),
            missing=st.lists(st.sampled_from(["not_applicable", "not_known", "not_seen"]), unique=True),
            wording=st.dictionaries(st.sampled_from(["police", "health"]), optional(text=TEXT, guidance=TEXT)),
            weight=st.integers(1, 10),
            minutes=st.floats(0.25, 60),
            sensitive=st.booleans(),
            accepted=st.dictionaries(WORDS, TEXT, max_size=2),
            purpose=st.sampled_from(["scored", "information"]),
            comparable_to=TEXT.filter(lambda text: text.casefold() != id.casefold()),
        )
    )
    if earlier:
        question["show_if"] = {"question": earlier, "part": "extra", "after": date(2026, 1, draw(st.integers(1, 31)))}
    return question


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """A template that its own checks find right."""
    identity = draw(
        st.fixed_dictionaries(
            {"id": st.from_regex(r"t[a-z0-9]{0,5}(-[a-z0-9]{1,5})?", fullmatch=True), "title": WORDS, "edition": WORDS,
             "status": st.just("draft"), "subject": st.sampled_from(["child", "organisation", "team"]),
             "kind": st.sampled_from(["dip_sample", "self_assessment", "survey", "jtai_tracking"])},
            optional={"owner": TEXT, "summary": TEXT, "changes": st.lists(TEXT, max_size=3), "issued": st.dates(),
                      "scoring": optional(insufficient_above=st.floats(0, 1), inadequate_at=st.integers(0, 5))},
        )
    )  # fmt: skip
    opening = {"id": "A-0", "text": "When?", "parts": [{"type": "yes_no"}, {"id": "extra", "type": "date"}]}
    opening["parts"] = [{"type": "choice", "scale": "yes_no"}, {"id": "extra", "type": "date"}]
    sections: list[dict[str, Any]] = []
    for s in range(draw(st.integers(1, 2))):
        asked = [draw(questions(f"{'AB'[s]}-{q + 1}", draw(st.sampled_from([None, "A-0"])))) for q in range(2)]
        sections.append({"id": "AB"[s], "title": draw(WORDS), "intro": draw(TEXT), "questions": asked})
    sections[0]["questions"].insert(0, opening)
    header = [{"id": "age", "label": draw(TEXT), "type": "choice", "options": draw(OPTIONS)}]
    scales = [{"id": "own_scale", "title": draw(TEXT), "options": draw(OPTIONS)}] if draw(st.booleans()) else []
    return Template.model_validate(
        identity
        | {"agencies": {"police": draw(WORDS), "health": draw(WORDS)}, "themes": {"one": draw(WORDS)}, "header": header,
           "scales": scales, "sections": sections,
           "sources": [{"id": "wt", "title": draw(TEXT), "edition": draw(TEXT)}]}
    )  # fmt: skip
