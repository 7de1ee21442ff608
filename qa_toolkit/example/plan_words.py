"""What the example's plans say: recommendations with their actions, and how each action's life went. All invented.

A life is named by a word that `plans.py` knows; days are counted from today, which is day 0.
"""

from __future__ import annotations

from typing import NamedTuple


class Act(NamedTuple):
    """One action."""

    text: str
    agency: str
    """Agency that owns it; empty for one that nobody has taken yet, or for one owned outside the area."""
    measure: str
    begins: int
    due: int
    life: str
    priority: str = "medium"
    outside: str = ""
    commitment: int = 0
    """Of a strategy: the number of the commitment that it serves."""


class Advice(NamedTuple):
    """One recommendation and what follows from it."""

    text: str
    measure: str
    theme: str
    acts: tuple[Act, ...]
    findings: tuple[int, ...] = ()
    """Places, from 1, in the list of the audit's findings."""
    agencies: tuple[str, ...] = ()
    answer: str = "accepted"
    priority: str = "medium"


class Praised(NamedTuple):
    """Good practice that the source of a plan found, and what agencies did with it."""

    text: str
    agency: str
    """Where it was found."""
    theme: str
    answers: tuple[tuple[int, str, str, str], ...]
    """Day, agency, answer, and what shows it."""


class Planned(NamedTuple):
    """One plan."""

    word: str
    title: str
    source: str
    begins: int
    owner: str
    advice: tuple[Advice, ...]
    audit: str = ""
    """Code of the audit that it answers."""
    edition: str = ""
    good: tuple[Praised, ...] = ()


REVIEW = Planned(
    "review", "Local child safeguarding practice review “Rowan”", "review", -660, "Safeguarding Partner Panel",
    (
        Advice(
            "Every agency knows, on the day, when a child has been missing three times in ninety days.",
            "Nine of ten repeat-missing children have a meeting within five working days",
            "missing",
            (
                Act("Send each agency’s single point of contact a list of repeat-missing children every Monday.",
                    "police", "A list sent in 50 of 52 weeks", -650, -590, "confirmed", "high"),
                Act("Hold a meeting within five working days of the third episode, chaired by a team manager.",
                    "social-care", "Nine of ten held in time, by the monthly count", -650, -540, "sent back", "high"),
                Act("Give schools the duty number for repeat-missing children.", "education",
                    "40 of 40 secondary schools confirm that they hold it", -640, -560, "closed"),
                Act("Write the part of the trigger plan that care homes fill in.", "placement",
                    "All six homes use it, shown by a dip sample of twelve", -640, -520, "extended"),
            ),
            priority="high",
        ),
        Advice(
            "Return interviews are held by somebody independent, and what is said is used.",
            "Eight of ten interviews within 72 hours, and the plan looked at again after each",
            "missing",
            (
                Act("Commission Lantern to hold return interviews for children in care.", "social-care",
                    "A contract from April with a count each month", -640, -530, "confirmed", "high"),
                Act("Send what is said to the police intelligence desk within one working day.", "lantern",
                    "Nine of ten sent in time, by the desk’s log", -620, -500, "reopened", "high"),
                Act("Tell the sender what came of it within ten working days.", "police",
                    "A reply to three of four, by the desk’s log", -620, -480, "no change"),
            ),
        ),
        Advice(
            "Placing authorities and homes outside the area are told what is known before a child moves.",
            "No child moved without the note, by the quarterly check",
            "placements",
            (
                Act("Agree one note that goes ahead of each move, with the four neighbouring areas.", "",
                    "Signed by all four", -600, -420, "extended twice", outside="Regional placement network"),
                Act("Check ten moves each quarter for the note.", "placement", "Ten of ten hold it", -500, -300,
                    "superseded"),
                Act("Check every move each month for the note, in the placement team’s own system.", "placement",
                    "No move without it in three months running", -300, 45, "running"),
            ),
            answer="in_part",
        ),
    ),
    edition="1.0",
)  # fmt: skip

INSPECTION = Planned(
    "inspection", "Joint inspection of a neighbouring area: what it asks of us", "inspection", -470,
    "Executive lead, police",
    (
        Advice(
            "Practitioners see criminal exploitation as soon as sexual exploitation.",
            "Both forms screened in nine of ten files of a dip sample",
            "screening",
            (
                Act("Run twelve half-day courses on criminal exploitation for front-line staff of all services.",
                    "business-unit", "300 of 340 trained, by the roll", -460, -250, "confirmed", "high"),
                Act("Add county-lines questions to the front door’s screening form.", "social-care",
                    "The form of May, with its questions answered in 18 of 20 contacts", -460, -380, "closed"),
                Act("Flag phones and money without explanation in the school welfare log.", "education",
                    "Half of secondary schools have used the flag", -450, -330, "extended"),
            ),
        ),
        Advice(
            "Children who carry drugs for others are met as victims first.",
            "Every child arrested with intent to supply is asked the exploitation questions in custody",
            "criminal exploitation",
            (
                Act("Put the exploitation questions into the custody record.", "police",
                    "Asked of 19 of 20 children, by the custody log", -450, -340, "confirmed", "high"),
                Act("Refer each child to the national mechanism within two working days of the suspicion.",
                    "youth-justice", "Nine of ten in time", -440, -300, "sent back"),
                Act("Brief defence solicitors on the defence for slavery victims.", "",
                    "A briefing held with 20 firms", -430, -290, "rejected"),
            ),
        ),
        Advice(
            "Health services hold the exploitation flag where a nurse sees it.",
            "The flag shows on the first screen in the emergency department",
            "information sharing",
            (
                Act("Show the exploitation flag on the first screen of the emergency department’s system.", "health",
                    "Seen by 10 of 10 nurses asked on a shift", -430, -210, "extended twice", "high"),
                Act("Ask the flag’s questions at each sexual-health visit of a child under eighteen.", "health",
                    "Asked in 27 of 30 visits of a dip sample", -420, -240, "closed"),
            ),
            agencies=("health",),
        ),
    ),
    good=(
        Praised(
            "Custody sergeants ring the school’s night number before a child goes home, so that somebody expects them.",
            "police", "criminal exploitation",
            (
                (-380, "education", "taken_up", "The night number stands in all 40 schools’ handbooks"),
                (-350, "youth-justice", "adapted", "Its duty worker rings on the next morning, by the duty log"),
                (-340, "health", "not_for_us", ""),
                (-120, "social-care", "considering", ""),
            ),
        ),
    ),
)  # fmt: skip

SELF_ASSESSMENT = Planned(
    "self", "What last year’s self-assessments ask for", "self_assessment", -330, "Quality Assurance Group",
    (
        Advice(
            "Each agency knows who leads on exploitation, and what they are to do.",
            "Eight of eight leads named, with half a day a week",
            "workforce",
            (
                Act("Name a lead for exploitation with time for it, and tell the business unit.", "mental-health",
                    "A name and half a day a week, in writing", -320, -270, "closed"),
                Act("Name a lead for exploitation in each home, and tell the business unit.", "placement",
                    "A name and half a day a week, in writing", -320, -270, "closed late"),
                Act("Promote awareness of exploitation across all agencies.", "business-unit", "", -320, -200,
                    "rejected"),
            ),
        ),
        Advice(
            "Workers are trained before they hold a case of exploitation.",
            "Nine of ten holders trained, by agency",
            "workforce",
            (
                Act("Train all case holders of the community teams within six months of joining.", "health",
                    "54 of 60, by the training roll", -310, -170, "some"),
                Act("Train all case holders of the youth justice service.", "youth-justice", "14 of 15, by the roll",
                    -310, -130, "closed"),
                Act("Train foster carers who take teenagers in what exploitation looks like.", "placement",
                    "45 of 60 carers, by the roll", -300, -60, "overdue", "high"),
                Act("Put the two-hour course into the induction of police response officers.", "police",
                    "Every intake since September, by the course list", -300, -90, "verified"),
            ),
        ),
        Advice(
            "Waits for therapeutic help are known each month and fall.",
            "Half of exploited children seen within six weeks",
            "health",
            (
                Act("Report the median wait of exploited children each month.", "mental-health",
                    "A figure in eleven of twelve months", -300, -200, "closed"),
                Act("Open a first-appointment clinic for exploited children on one afternoon a week.",
                    "mental-health", "Median wait of six weeks or less", -280, -40, "third extension", "high"),
            ),
        ),
    ),
)  # fmt: skip

FIRST_AUDIT = Planned(
    "audit", "Child exploitation audit: how early it is seen", "audit", -165, "Chair, Quality Assurance Group",
    (
        Advice(
            "Use the screening tool at the first sign, and again when something changes.",
            "Tool dated within five working days of the first sign in eight of ten files",
            "screening",
            (
                Act("Have the screening tool open by itself when an exploitation flag is set.", "social-care",
                    "In use by April; 16 of 20 flags have a tool within five days", -160, -30, "submitted", "high"),
                Act("Check five files a month for a second screening, by the team managers.", "social-care",
                    "Four of five have one", -160, 20, "running"),
                Act("Use the same screening tool in schools as in social care.", "education",
                    "30 of 40 secondary schools, by the autumn return", -155, 60, "running late"),
                Act("Give health visitors and school nurses the tool’s one-page form.", "health",
                    "Used in 9 of 10 contacts of a dip sample", -155, -20, "verified"),
            ),
            (4,), priority="high",
        ),
        Advice(
            "Hold strategy discussions at the second sign, with health in the room.",
            "Health present in nine of ten",
            "information sharing",
            (
                Act("Give the front door one health number for strategy discussions, answered until ten at night.",
                    "health", "Health present in 18 of 20", -160, -110, "confirmed", "high"),
                Act("Count each month who was at strategy discussions, and send the count to the leads.",
                    "business-unit", "A count in each month since June", -160, -100, "closed"),
                Act("Record the reason where a strategy discussion is not held at the second sign.", "police",
                    "A reason in 9 of 10 of a dip sample", -155, -10, "overdue"),
            ),
            (5,), agencies=("social-care", "police", "health"),
        ),
        Advice(
            "Look at the plan again after each return interview.",
            "Plan dated after the interview in seven of ten files",
            "missing",
            (
                Act("Put “what the child said, and what changed” on the first page of the plan.", "social-care",
                    "Filled in in 14 of 20 plans", -150, 10, "wants later", "high"),
                Act("Send interviews to the plan’s holder as well as to the police.", "lantern",
                    "Nine of ten, by Lantern’s log", -150, -50, "no change"),
            ),
            (6,),
        ),
        Advice(
            "Managers write down why a plan that has stopped working is kept or changed.",
            "A reason in eight of ten files where risk did not fall in three months",
            "oversight",
            (
                Act("Add the question to the supervision form of all front-line teams.", "social-care",
                    "In the form, and answered in 16 of 20", -150, 30, "stale"),
                Act("Ask it in the monthly case meeting, and minute the answer.", "youth-justice",
                    "Answered in 5 of 6 meetings", -150, -35, "submitted"),
            ),
            (7,),
        ),
        Advice(
            "Ask parents what they see, and write it in the plan.",
            "Parents’ words in eight of ten plans",
            "voice",
            (
                Act("Bring four parents together to say what would have helped, and publish it in one page.",
                    "lantern", "One page, agreed by the parents", -145, -15, "verified"),
                Act("Ask parents the three questions of that page at each visit.", "social-care",
                    "Asked in 15 of 20 files", -20, 120, "agreed"),
            ),
            (8,),
        ),
        Advice(
            "One agency owns the difference where flags disagree.",
            "No difference older than ten working days",
            "information sharing",
            (
                Act("Compare the four systems’ flags every month and settle what differs.", "",
                    "No difference older than ten working days", -140, 40, "nobody"),
                Act("Ask the suppliers for an export of flags that can be compared.", "police",
                    "Four exports in hand", -140, -5, "on hold"),
            ),
            (9,),
        ),
    ),
    audit="CE",
)  # fmt: skip

RE_AUDIT = Planned(
    "again", "Child exploitation re-audit: what is still to do", "audit", -40, "Chair, Quality Assurance Group",
    (
        Advice(
            "Screen a second time when something changes.",
            "A second screening in eight of ten files where risk changed",
            "screening",
            (
                Act("Set a reminder for a second screening eight weeks after the first.", "social-care",
                    "A second screening in 16 of 20 files", -35, 70, "begun", "high"),
                Act("Ask for the second screening in the health chronology.", "health",
                    "Asked in 9 of 10 of a dip sample", -35, 80, "agreed"),
            ),
            (2,),
        ),
        Advice(
            "Look at the plan again after each return interview: found twice now.",
            "Plan dated after the interview in seven of ten files",
            "missing",
            (
                Act("Hold a fifteen-minute plan meeting within three working days of each interview.", "social-care",
                    "Held in 14 of 20", -30, 90, "begun", "high"),
                Act("Consider ways to ensure that learning from interviews is shared with all agencies.",
                    "business-unit", "", -12, 100, "proposed"),
            ),
            (3,), priority="high",
        ),
    ),
    audit="RA",
)  # fmt: skip

SCRUTINY = Planned(
    "scrutiny", "Independent scrutiny: how children’s own words are used", "scrutiny", -260,
    "Independent scrutineer",
    (
        Advice(
            "Children who have been exploited say what helped, once a year, and it changes something.",
            "Eight children heard, and three changes named by the Main Board",
            "voice",
            (
                Act("Hold four conversations with groups of two, led by somebody they know.", "lantern",
                    "Eight children heard", -250, -110, "confirmed"),
                Act("Answer the children in writing: what we did with what you said.", "business-unit",
                    "One page sent within six weeks", -200, -80, "closed"),
                Act("Pay children for their time in the way that the council pays experts by experience.",
                    "social-care", "A rule in force, used once", -200, 15, "extended"),
            ),
        ),
        Advice(
            "The Main Board hears of what did not work as well as what did.",
            "One page of “what did not work” in each report",
            "oversight",
            (
                Act("Add one page to the six-monthly report: what did not work, and what we will stop.",
                    "business-unit", "In two reports running", -190, 25, "running"),
            ),
        ),
    ),
)  # fmt: skip

STRATEGY_ACTS = (
    Act("Add health’s and youth justice’s figures to the quarterly dataset.", "business-unit",
        "Eight of eight agencies in the quarter’s dataset", -600, -420, "confirmed", commitment=1),
    Act("Write the exploitation profile twice a year, with what is not known.", "police",
        "Two profiles a year, in March and September", -580, -200, "closed", commitment=2),
    Act("Visit ten hotels and letting agents each quarter with the police licensing officer.", "police",
        "Ten visits in each of four quarters", -500, -30, "running late", commitment=14),
    Act("Hold one lesson on grooming in year 7 of each secondary school.", "education",
        "36 of 40 schools, by the spring return", -480, -150, "extended", commitment=13),
    Act("Train all taxi licence holders at renewal.", "", "All renewals since January", -470, -140, "closed",
        outside="District council licensing", commitment=14),
    Act("Open one door to trauma-informed help for exploited children.", "mental-health",
        "First contact within three weeks for half", -450, 60, "on hold", "high", commitment=20),
    Act("Share one disruption plan a month between police, housing and trading standards.", "police",
        "Twelve plans in the year", -400, -45, "submitted", commitment=23),
    Act("Follow each child who turns eighteen into adult services for six months.", "social-care",
        "Ten of ten followed", -300, 130, "running", commitment=17),
)  # fmt: skip

PLANS = (REVIEW, INSPECTION, SELF_ASSESSMENT, SCRUTINY, FIRST_AUDIT, RE_AUDIT)
