"""Scales: ordered options with words, and a score where the option counts towards a grade."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from qa_toolkit.domain.records import Frozen


class Grade(StrEnum):
    """The four-point scale of judgement in common use, and the honest fifth: too little to judge."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    NOT_GRADED = "not_graded"

    @property
    def label(self) -> str:
        """The grade in words."""
        return self.value.replace("_", " ").capitalize()

    @property
    def points(self) -> int:
        """4 for Outstanding down to 1 for Inadequate; 0 for Not graded, which is never a low grade."""
        return _POINTS[self]

    @classmethod
    def from_points(cls, points: int) -> Grade:
        """The grade worth that many points (1 to 4)."""
        return next(grade for grade, worth in _POINTS.items() if worth == points)


_POINTS = {
    Grade.OUTSTANDING: 4,
    Grade.GOOD: 3,
    Grade.REQUIRES_IMPROVEMENT: 2,
    Grade.INADEQUATE: 1,
    Grade.NOT_GRADED: 0,
}


class Option(Frozen):
    """One answer that a scale offers."""

    value: str
    label: str
    score: int | None = None
    """What it counts for in an indicative grade; None counts for nothing."""
    weak: bool = False
    """A weak answer asks for evidence where the rule is `when_weak`, and may carry a cause."""
    descriptor: str = ""
    """What this answer means, in a sentence."""


class Scale(Frozen):
    """Options in the order in which they are shown; the first digit key is the first option."""

    id: str
    title: str
    options: tuple[Option, ...] = Field(min_length=2, max_length=12)

    def option(self, value: str) -> Option | None:
        """The option with that value, or None."""
        return next((option for option in self.options if option.value == value), None)


def _scale(id: str, title: str, *options: tuple[str, str, int | None, bool, str]) -> Scale:
    return Scale(
        id=id,
        title=title,
        options=tuple(Option(value=v, label=la, score=s, weak=w, descriptor=d) for v, la, s, w, d in options),
    )


def builtin_scales() -> dict[str, Scale]:
    """The scales every template may use by name; a template may add its own."""
    return {
        scale.id: scale
        for scale in (
            _scale("yes_no", "Yes or no", ("yes", "Yes", 3, False, ""), ("no", "No", 1, True, "")),
            _scale(
                "yes_partly_no",
                "Yes, partly or no",
                ("yes", "Yes", 3, False, ""),
                ("partly", "Partly", 2, True, ""),
                ("no", "No", 1, True, ""),
            ),
            _scale(
                "yes_no_unsure",
                "Yes, no or unsure",
                ("yes", "Yes", None, False, ""),
                ("no", "No", None, True, ""),
                ("unsure", "Unsure", None, True, ""),
            ),
            _scale(
                "grade",
                "Four grades",
                (
                    "outstanding",
                    "Outstanding",
                    4,
                    False,
                    "All of good, and practice made a clear and lasting difference that others can learn from.",
                ),
                (
                    "good",
                    "Good",
                    3,
                    False,
                    "Risk seen early and acted on, the child heard, the plan working; minor gaps without effect.",
                ),
                (
                    "requires_improvement",
                    "Requires improvement",
                    2,
                    True,
                    "No immediate danger left, but delay, drift or thin joint work slowed or limited help.",
                ),
                (
                    "inadequate",
                    "Inadequate",
                    1,
                    True,
                    "A failure that left, or could have left, the child at risk of serious harm.",
                ),
            ),
            _scale(
                "rag",
                "Red, amber, green",
                ("green", "Green", 3, False, ""),
                ("amber", "Amber", 2, True, ""),
                ("red", "Red", 1, True, ""),
            ),
            _scale(
                "met_partly_not",
                "Met, partly met or not met",
                ("met", "Met", 3, False, ""),
                ("partly_met", "Partly met", 2, True, ""),
                ("not_met", "Not met", 1, True, ""),
            ),
            _scale(
                "meets_good",
                "Meets good, or not yet",
                ("meets_good", "Meets good", 3, False, ""),
                ("not_yet", "Does not yet meet good", 2, True, ""),
            ),
            _scale(
                "maturity",
                "Four steps of maturity",
                ("not_started", "Not started", 1, True, "Nothing in place yet."),
                ("developing", "Developing", 2, True, "Begun; not yet everywhere or not yet reliable."),
                ("in_place", "In place", 3, False, "Done as intended across the agency."),
                ("embedded", "Embedded", 4, False, "In place, and evidence shows that it helps children."),
            ),
        )
    }
