"""What the example's panel says and finds. All invented."""

from __future__ import annotations

from typing import NamedTuple

PANEL_REASONS: dict[str, tuple[str, ...]] = {
    "outstanding": (
        "Agencies saw the risk in weeks, one worker stayed, and the child says so. What was done lasted.",
        "Every agency knew its part of one plan, and the child’s own words changed it twice.",
    ),
    "good": (
        "Risk was seen early and the plan was kept to. The delay in the summer had no effect on the child.",
        "The child was heard and the family were partners. Sharing after interviews could be quicker.",
        "Good joint work once the pattern was named; managers kept in touch with it throughout.",
    ),
    "requires_improvement": (
        "Nobody left the child in danger, but each agency held a piece and no meeting put them together until May.",
        "The plan is there and was not changed when it stopped working. The child noticed before we did.",
        "Return interviews were held, and what was said did not reach those who could act on it.",
    ),
    "inadequate": (
        "The child went missing nine times before a strategy discussion was held, and was not safe meanwhile.",
        "The exploitation was recorded as a choice of the child’s. Nobody in charge questioned it.",
    ),
    "not_graded": ("Too little is recorded to judge what was done for this child.",),
}

VIEWS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "practitioner": (
        ("gave", "I had the time to keep going back. That is what made the difference.", "Weighed under support."),
        ("gave", "I asked for a strategy discussion twice and did not know whom to ring after that.",
         "Taken up as a finding about escalation."),
        ("gave", "The tool took an hour; I did it on the third visit, when I knew the answers.", ""),
        ("no_reply", "", ""),
    ),
    "family": (
        ("gave", "Everybody rang at once, and then nobody for two weeks.", "Taken up under partnership working."),
        ("gave", "The man from the missing team listened. He knew my child’s name.", "A strength, told to his team."),
        ("declined", "", ""),
        ("unsafe", "", ""),
    ),
    "child": (
        ("gave", "She came to where I was. She did not ask for anything.", "Weighed under the voice of the child."),
        ("declined", "", ""),
        ("unsafe", "", ""),
    ),
}  # fmt: skip


class OnIndicator(NamedTuple):
    """The panel's word on one indicator of an agency's self-assessment."""

    agency: str
    question: str
    steps: int
    """From the agency's own word: up, down, or 0 where the panel saw the same."""
    reasons: str


ON_INDICATORS = (
    OnIndicator("social-care", "KN-01", -1, "Five of the twelve files that were dipped held no finished screen."),
    OnIndicator("social-care", "PR-03", 1, "Its own words undersell it: every interview of the quarter was seen."),
    OnIndicator("social-care", "GO-04", 0, "The panel saw the same in the action plan."),
    OnIndicator("police", "KN-04", 0, "The dataset shows it: complete, and late in two months of twelve."),
    OnIndicator("police", "DI-01", 1, "Partners say that what they send is used; three orders rested on it."),
    OnIndicator("police", "DI-02", -1, "None of the four agencies that were asked had heard what came of theirs."),
    OnIndicator("health", "KN-02", -1, "The figure covers nurses; the walk-in centre was not trained."),
    OnIndicator("health", "SU-01", 0, "The pathway is on one page, and staff who were asked could find it."),
    OnIndicator("mental-health", "SU-02", 1, "Waits are still long, but known and told, which was asked here."),
    OnIndicator("mental-health", "PR-02", 0, "The contract names the duties; nobody has looked whether they are met."),
    OnIndicator("education", "PR-01", 1, "Thirty schools took the lessons up, and they had not been counted."),
    OnIndicator("youth-justice", "KN-05", -1, "Two of three workers who were asked described the old threshold."),
    OnIndicator("lantern", "PR-04", -1, "The evidence is one case: a good one, and not yet the habit."),
    OnIndicator("lantern", "SU-03", 0, "The panel saw the same: young people trained half of the staff themselves."),
    OnIndicator("placement", "KN-06", 0, "There was nothing to show yet, and the agency says so itself."),
)


class Found(NamedTuple):
    """One finding as the example raises it."""

    kind: str
    text: str
    questions: tuple[str, ...]
    most: int
    """Answers that it rests on at the most."""
    cause: str = ""
    tags: tuple[str, ...] = ()


FINDINGS = (
    Found("strength", "Workers who stayed with a child and went to where the child was were let in, and risk fell.",
          ("VC-01", "VC-02", "IS-05"), 11, tags=("impact",)),
    Found("strength", "What was said in return interviews reached the police within a day, where it was sent on.",
          ("DJ-01", "MR-04"), 5, tags=("impact",)),
    Found("spread", "Lantern’s one-page plan, written with the child and held by every agency.", ("IS-01", "IS-02"), 4),
    Found("develop", "The screening tool is completed late, and seldom again when something changes.",
          ("UI-02", "UI-03"), 12, cause="own_practice"),
    Found("develop", "Strategy discussions are held after the third or fourth sign, and health is often not there.",
          ("UI-04",), 8, cause="partner"),
    Found("develop", "What children say in return interviews changes the plan in few files.",
          ("MR-03", "MR-04", "MR-05"), 9, cause="own_practice", tags=("little_progress",)),
    Found("develop", "Managers’ records do not show why a plan that had stopped working was kept.",
          ("MO-01", "MO-02"), 7, cause="own_practice"),
    Found("develop", "Parents are told of the risk, and seldom asked what they see.", ("IS-06", "PV-02", "VC-03"),
          10, cause="own_practice", tags=("family_voice",)),
    Found("system", "Agencies’ systems hold different flags for the same child, and nobody owns the difference.",
          ("RC-02", "RC-01", "PW-01"), 13, cause="system"),
    Found("system", "Waits for therapeutic help are longer than the plans that depend on it.", ("IS-04",),
          5, cause="system"),
)  # fmt: skip

AGAIN = (
    Found("strength", "Strategy discussions now bring health to the table, and their decisions are written down.",
          ("UI-04",), 5, tags=("impact",)),
    Found("develop", "The screening tool is used more often, and still seldom a second time.", ("UI-02", "UI-03"), 6,
          cause="own_practice"),
    Found("develop", "What children say in return interviews changes the plan in few files.",
          ("MR-03", "MR-04", "MR-05"), 4, cause="own_practice", tags=("little_progress",)),
)  # fmt: skip
"""What the re-audit found; its last is a finding of the first audit again."""
