"""Who is in the worked example. The partnership, its agencies and its people are invented."""

from __future__ import annotations

from typing import NamedTuple

from qa_toolkit.domain.people import Person, Role

PARTNERSHIP = "Brackenshire"

COORDINATOR = Person(id="c.oakenby@business-unit", name="Ceri Oakenby", roles=(Role.COORDINATOR,))


class Member(NamedTuple):
    """One agency with its people: who scores, and who leads and checks."""

    agency: str
    kind: str
    name: str
    contact: str
    auditor: tuple[str, str]
    lead: tuple[str, str] | None = None
    lift: float = 0.0
    """How far its practice lies above or below the others', in grade points: varied, so that grades differ."""
    second: tuple[str, str] | None = None
    """Who scores some files a second time, blind."""


AGENCIES = (
    Member(
        "social-care", "childrens-social-care", "Brackenshire Children’s Social Care", "Quality assurance manager",
        ("j.marlowick", "Jo Marlowick"), ("p.wrenhurst", "Pat Wrenhurst"), 0.1,
        ("v.tarrant", "Vic Tarrant"),
    ),
    Member(
        "police", "police", "Brackenshire Police", "Detective inspector, vulnerability",
        ("s.thistleworth", "Sam Thistleworth"), ("d.quillard", "Dee Quillard"), 0.0,
        ("n.ashdown", "Noor Ashdown"),
    ),
    Member(
        "health", "health", "Brackenshire Community Health", "Named nurse",
        ("l.farrowgate", "Lee Farrowgate"), None, 0.2,
    ),
    Member(
        "mental-health", "mental-health", "Brackenshire CAMHS", "Safeguarding lead",
        ("r.coldbrook", "Rae Coldbrook"), None, -0.4,
    ),
    Member(
        "education", "education", "Brackenshire Education Safeguarding", "Education safeguarding adviser",
        ("k.sallowfield", "Kit Sallowfield"), None, 0.0,
    ),
    Member(
        "youth-justice", "youth-justice", "Brackenshire Youth Justice Service", "Practice manager",
        ("m.underhay", "Max Underhay"), None, 0.2,
    ),
    Member(
        "lantern", "specialist-service", "Lantern exploitation service", "Service manager",
        ("a.penhollow", "Ash Penhollow"), None, 0.6,
    ),
    Member(
        "placement", "placement", "Brackenshire homes and fostering", "Registered manager",
        ("u.larkfield", "Uma Larkfield"), None, -0.3,
    ),
)  # fmt: skip

CHAIR = Person(id="t.moss@business-unit", name="Toni Greyling-Moss", roles=(Role.CHAIR, Role.SCRUTINEER))

AUDITOR_OF = {member.agency: f"{member.auditor[0]}@{member.agency}" for member in AGENCIES}
LEAD_OF = {member.agency: f"{member.lead[0]}@{member.agency}" for member in AGENCIES if member.lead}
SECOND_OF = {member.agency: f"{member.second[0]}@{member.agency}" for member in AGENCIES if member.second}
LIFT = {member.agency: member.lift for member in AGENCIES}

PHONE = "the duty manager of the agency that holds the case, then the front door: the numbers are on the team’s card"
