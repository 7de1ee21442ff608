"""What the example's auditors write: by what a question is about and how strong the practice was. All invented."""

from __future__ import annotations

COMMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "identify": {
        "strong": (
            "The change in friendships and the new phone were named in the first contact, and screened within two days.",
            "The worker set out what was known and what was feared, and kept the two apart.",
            "Risk was looked at again after each new episode, and the reason for each change is written down.",
        ),
        "partly": (
            "Signs were noticed early, but they were written in three places and only put together in the spring.",
            "The screening tool is there; the part on adults of concern was left short.",
            "The level fits the facts now. It lagged about five weeks behind them.",
        ),
        "weak": (
            "Unexplained money and late nights were recorded as behaviour. The word exploitation comes months later.",
            "No tool was used until the strategy discussion asked for one.",
            "The record speaks of choices the child made, and not of who gained from them.",
        ),
    },
    "missing": {
        "strong": (
            "Every episode has its own entry, with the level of risk and who was told.",
            "The return interview was held by somebody the child knew, and what was said reached the police the same day.",
            "A trigger plan was in place, and it was used: the child was found within three hours.",
        ),
        "partly": (
            "Interviews were offered each time; two were held late because nobody was free.",
            "What the child said was shared, but the plan was not looked at again because of it.",
            "Longer episodes were handled well. Short ones were not always reported.",
        ),
        "weak": (
            "Two episodes have no interview offered, and the reason is not recorded.",
            "The account given in the interview stayed on this system.",
            "Repeated episodes in one week were treated as one, so the pattern was missed.",
        ),
    },
    "prevent": {
        "strong": (
            "The family was given words and examples they could use, and came back with a number plate.",
            "A part-time timetable was refused as an answer, and a mentor was found instead.",
            "Before the move, the home was told what to look out for and whom to ring.",
        ),
        "partly": (
            "Leaflets were handed over; whether they were understood is not said.",
            "Absence was followed up by letter first, and by a visit only after three weeks.",
            "The move was planned with care. What changes at eighteen is not in the plan yet.",
        ),
        "weak": (
            "The exclusion was decided without asking what it would do to the risk.",
            "Early help closed when letters were not answered.",
            "There is no sign that parents were told what the worry was.",
        ),
    },
    "support": {
        "strong": (
            "One worker stayed throughout, went to where the child was, and was let in on the fourth try.",
            "The plan names people and dates, and the child has a copy on one page.",
            "Support began within a week, at times and places the child chose.",
        ),
        "partly": (
            "The plan is good and was not changed when it stopped working in June.",
            "The referral was made in time; first contact took nineteen working days.",
            "Two workers in a year, with a proper handover between them.",
        ),
        "weak": (
            "There are three plans in three agencies, and none mentions the others.",
            "The service closed because the child did not attend; nobody went to see why.",
            "Therapy was offered at a clinic an hour away, and recorded as declined.",
        ),
    },
    "disrupt": {
        "strong": (
            "What was learned went in as intelligence within a day; the log references are below.",
            "Warnings were served on two adults, and the reasons for not seeking an order are written down.",
            "The sender was told what came of it, which kept the information coming.",
        ),
        "partly": (
            "Intelligence was sent, but in batches at month end.",
            "Powers were considered in the meeting; the reasons for leaving some aside are not recorded.",
            "Links to two other children were known to the worker and not drawn out.",
        ),
        "weak": (
            "A car was described in four notes, and no intelligence form was sent.",
            "The crime was closed without speaking to the child.",
            "Adults of concern are named in the file and not assessed.",
        ),
    },
    "voice": {
        "strong": (
            "The child’s own words run through the file, and one meeting was moved because of them.",
            "Seen alone nine times, in places the child picked.",
            "The plan says what the child disagreed with, and why it was done all the same.",
        ),
        "partly": (
            "Views were asked for at reviews; between them the child is talked about.",
            "Seen often, though mostly with a carer in the room.",
            "Culture and faith are noted. What they mean for this child is not drawn out.",
        ),
        "weak": (
            "It is hard to tell from this file what an ordinary day is like for the child.",
            "Described as streetwise and older than their years. That is a view about the child, not of the child.",
            "Not seen for seven weeks while risk was high.",
        ),
    },
    "partners": {
        "strong": (
            "The disagreement on level of risk was taken to managers in a week, and settled.",
            "Information went both ways, and the log shows the lawful basis each time.",
            "The neighbouring force was told of the link, and answered within two days.",
        ),
        "partly": (
            "Sent what was asked for. Did not ask what others held.",
            "Came to five of seven meetings; notes were sent for one of the others.",
            "Cross-border work was good once it had started.",
        ),
        "weak": (
            "The core group was missed three times without a word.",
            "The worker thought the plan had stalled and told nobody outside the team.",
            "Health was not told of the move until the first appointment was missed.",
        ),
    },
    "oversight": {
        "strong": (
            "The manager’s notes ask good questions, and the next entry answers them.",
            "Supervision each month, about this child, with decisions and their reasons.",
            "Last year’s audit finding on chronologies was picked up here by name.",
        ),
        "partly": (
            "Supervision was regular, and spoke of workload more than of this child.",
            "Decisions are there; the reasons for two of them are not.",
            "Oversight was strong at the start and thin in the summer.",
        ),
        "weak": (
            "No manager’s decision between February and May, through four episodes.",
            "Supervision is recorded as held, without what was said.",
            "The finding from the earlier audit was not known to the team.",
        ),
    },
    "recording": {
        "strong": (
            "The chronology shows the pattern at a glance, and ends last week.",
            "Flags are right on the day of this audit.",
            "Respectful, in time, and somebody new could take over from it tomorrow.",
        ),
        "partly": (
            "The chronology stops four months ago.",
            "One flag is out of date: the child moved in the spring.",
            "Clear and kind. Ethnicity is not recorded.",
        ),
        "weak": (
            "There is no chronology; the story has to be put together from notes.",
            "The marker for exploitation was never set.",
            "Several notes were written more than two weeks after the visit.",
        ),
    },
    "agency": {
        "strong": (
            "A dip of twelve files in spring found it in eleven; the twelfth has been put right.",
            "Agreed by the management team in March, and looked at again each quarter since.",
            "Staff in all four teams could say it in their own words when the lead went round.",
            "Young people on the advisory group named this first when asked what had become better.",
        ),
        "partly": (
            "Two of our four teams do this as a rule. The others begin in January.",
            "It is written down and known to managers; night staff could not find it.",
            "Numbers are kept by hand, so the last quarter is an estimate.",
            "In place since the summer: too soon to say what it has changed.",
        ),
        "weak": (
            "We have not begun. A lead has been named, and a first plan is due in the spring.",
            "It rests on one person, and stopped when they were away.",
            "We thought that this was in place; looking at files showed that it is not.",
        ),
    },
}
"""By what a question is about, and by how strong the practice was."""

EVIDENCE = (
    "Chronology, entries from March to June",
    "Strategy discussion minutes, second meeting",
    "Supervision record, three in a row",
    "Visit notes, the last six",
    "Referral form and its reply",
    "Risk assessment, second and third versions",
    "Meeting log, with apologies",
    "Decision record on the case front sheet",
    "Conversation with the allocated worker",
    "Plan of the summer, with the copy the child was given",
)

AGENCY_EVIDENCE = (
    "Dip sample of twelve files, spring, kept by the quality team",
    "Minutes of the management team, March, item 4",
    "Training roll against the staff list, September",
    "Quarterly data return, with its note on gaps",
    "Policy, third version, and the log of who has read it",
    "Notes of the young people’s advisory group, June",
)

AGENCY_TEXT = (
    "The night team now rings the specialist service before anybody is moved, and children have stayed put for it.",
    "One number for worried parents, answered by people who know the work.",
    "That each partner names one person for out-of-hours calls, and keeps the list current.",
    "A shared way of saying how sure we are, so that a worry is not lost between two systems.",
)

AGENCY_RISKS = (
    ("Two experienced workers leave in spring", "Pair each with a newer colleague from January"),
    ("The flag is not seen by bank staff", "Give them the duty list until the system allows it"),
    ("Return interviews depend on one post", "Train two more people to hold them"),
)

REASONS = {
    "outstanding": "Practice went beyond what could be expected, and the difference to the child is plain in the file.",
    "good": "Risk was seen in time and acted on, the child was heard, and what is missing had no effect on them.",
    "requires_improvement": "The child was not left in danger, but delay and thin joint work slowed the help.",
    "inadequate": "What was known was not acted on, and the child could have come to serious harm.",
}

DEPARTURES = (
    "The questions weigh the early weeks heavily; the last six months are clearly better than that.",
    "The single weak answers come from one gap in recording. The work itself was stronger.",
    "Taken together the delays matter more for this child than each of them alone.",
)

STRENGTHS = (
    "Staying with the child when the child said no, and saying so.",
    "Quick, honest sharing with the police after each episode.",
    "The way the foster carer was brought in as part of the team.",
    "A plan on one page that the child helped to write.",
)

HELPED = (
    "Knowing earlier that another agency held the same worry.",
    "A meeting when the plan stopped working, and not at the next review.",
    "One chronology for all of us.",
    "Somebody to cover when the worker was away.",
)

COUNTS = (
    "The same as the police list, once checked against it.",
    "The same, with one episode that ran past midnight counted once.",
)
"""Beside a number of episodes, on how it stands to what others count."""

ABOUT: dict[str, str] = {
    "S0": "identify", "S": "identify", "UI": "identify", "MR": "missing", "PV": "prevent", "IS": "support",
    "DJ": "disrupt", "VC": "voice", "PW": "partners", "MO": "oversight", "RC": "recording", "J": "support",
    "SM": "identify", "RP": "missing", "WM": "missing", "FW": "missing", "RI": "missing", "AP": "prevent",
    "EX": "identify", "VM": "voice", "OM": "oversight", "JM": "support",
    **dict.fromkeys(("KN", "PR", "SU", "DI", "GO", "HV", "RK"), "agency"),
}  # fmt: skip
"""What the questions of each prefix are about, in the shipped templates."""


def about(question_id: str) -> str:
    """What a question is about; for prefixes of other templates, taken in turn so that comments vary."""
    prefix = question_id.partition("-")[0]
    if prefix in ABOUT:
        return ABOUT[prefix]
    subjects = tuple(COMMENTS)
    return subjects[sum(map(ord, prefix)) % len(subjects)]
