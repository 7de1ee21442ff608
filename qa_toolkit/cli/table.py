"""Every command in one table: its words, what it is for, and the module that does it. Loads nothing."""

from __future__ import annotations

CHAPTERS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "The program and the workspace",
        (
            ("open", "Open the program on the screen (the same as `qa` alone)", "opening"),
            ("demo", "Make the worked example, once, and open it", "opening"),
            ("init", "Make a new workspace in ./findings", "workspaces"),
            ("where", "Say which workspace is used, and who you are", "workspaces"),
        ),
    ),
    (
        "Agencies and people",
        (
            ("agencies add", "Add an agency", "partners"),
            ("agencies change", "Give an agency another name, contact or kind", "partners"),
            ("agencies list", "List the agencies", "partners"),
            ("people add", "Add a person, or change their roles", "partners"),
            ("people list", "List the people", "partners"),
        ),
    ),
    (
        "Templates",
        (
            ("template list", "List the templates that an audit can use", "templates"),
            ("template check", "Check a template file, and advise on its wording", "templates"),
            ("template show", "Print a template as an agency will meet it", "templates"),
            ("template diff", "Say what became of each question from one edition to another", "templates"),
            ("template from", "Make a checked template from a table in a workbook", "templates"),
            ("template to", "Write a template as a table in a workbook", "templates"),
            ("template schema", "Write the format as a JSON Schema, for editors", "templates"),
        ),
    ),
    (
        "The programme",
        (
            ("programme add", "Plan an audit, a self-assessment or a re-audit", "programme"),
            ("programme list", "Show twelve months at a glance, and what they ask of agencies", "programme"),
            ("programme revise", "Change what is planned: months, what it asks, why", "programme"),
            ("programme change", "Say where an entry stands; what is dropped keeps its reason", "programme"),
            ("programme terms", "Show the school terms, or set your own", "programme"),
        ),
    ),
    (
        "Audits and cases",
        (
            ("audit open", "Open an audit on a template", "audits"),
            ("audit terms", "Set and show an audit’s terms of reference", "terms"),
            ("audit list", "List the audits", "audits"),
            ("audit show", "Show an audit’s returns, cases by agencies", "audits"),
            ("audit compare", "Show a re-audit beside the audit before it", "re_audits"),
            ("audit move", "Move a running audit to another version of its template", "template_moves"),
            ("audit close", "Close an audit, or abandon it with a reason", "audits"),
            ("audit reopen", "Open an audit again that was closed or abandoned", "audits"),
            ("case add", "Add a case under the next free pseudonym", "audits"),
            ("case facts", "Change facts about a child", "audits"),
            ("case same", "Record that a child of a re-audit is one of the earlier audit’s", "re_audits"),
            ("case check", "Record whether an agency knows the child", "checking"),
            ("case held", "Record who of an agency holds a case and who supervises it", "checking"),
            ("check show", "Show the record check: children by agencies, and who is silent", "checking"),
            ("check paste", "Record an agency’s answers as a column: all of it, or nothing", "checking"),
            ("check fill", "Record one answer for every child of an agency", "checking"),
            ("difference list", "List where agencies’ records say otherwise about a child", "differences"),
            ("difference settle", "Say which of the two stands, why, and who decided", "differences"),
            ("allocate", "Propose who scores what, evenly; write it with --yes", "checking"),
        ),
    ),
    (
        "The sample",
        (
            ("sample draw", "Draw an audit’s cases from a list of pseudonyms", "samples"),
            ("sample prove", "Draw again, and say whether the cases are the same", "samples"),
            ("sample replace", "Put the next reserve in the place of a case", "samples"),
            ("identity-sheet", "Write a workbook for names, outside the workspace", "samples"),
        ),
    ),
    (
        "Returns",
        (
            ("return start", "Start a return that you owe", "scoring"),
            ("return declare", "Say how near you stand to the case", "scoring"),
            ("return fact", "Enter facts about the return, such as the evidence you saw", "scoring"),
            ("return show", "Show a return: its questions, answers and what is missing", "scoring"),
            ("return answer", "Record one answer, or a whole return from a file", "scoring"),
            ("return clear", "Put a question back to “not answered”", "scoring"),
            ("return grade", "Give your own grade, with reasons", "scoring"),
            ("return check", "Record the agency lead’s check", "sending"),
            ("return submit", "Send the return in", "sending"),
            ("return nil", "Send in a nil return: nothing is held on the child", "sending"),
            ("return receive", "File a submitted return", "sending"),
            ("return query", "Send questions about a return back to its agency", "sending"),
            ("return reopen", "Give a submitted return back", "sending"),
            ("return allocate", "Name who scores a return", "sending"),
            ("return waive", "Let somebody who is not independent score a case", "sending"),
        ),
    ),
    (
        "The audit tool as a workbook",
        (
            ("tool out", "Write the audit tool as a workbook for an agency", "tools"),
            ("tool in", "Say what an audit tool that came back would change; with --yes take it in", "tools"),
        ),
    ),
    (
        "Parcels, for agencies that run the program",
        (
            ("audit sent", "Show what was last made for each agency to be sent, and what is still to come", "tools"),
            ("parcel out", "Make a sealed parcel for an agency that runs the program", "parcels"),
            ("parcel open", "Open a parcel into a small workspace of your own", "parcels"),
            ("parcel return", "Make the sealed parcel that goes back", "parcels"),
            ("parcel in", "Say what a parcel that came back would change; with --yes take it in", "parcels"),
            ("key show", "Print your key for parcels, and its fingerprint", "parcels"),
            ("agencies key", "Record an agency’s key, once its fingerprint was read out", "parcels"),
            ("people key", "Record the key of somebody who scores blind, in the same way", "parcels"),
        ),
    ),
    (
        "Chasing",
        (
            ("late", "List the returns that are late, or all that are owed", "chasing"),
            ("chase draft", "Draft every reminder that is due today, one for each agency", "chasing"),
            ("chase sent", "Mark reminders as sent: they count from then", "chasing"),
            ("chase show", "Show the reminders that wait to be sent", "chasing"),
            ("chase list", "List what was sent, promised and excused: the fair record", "chasing"),
            ("chase ladder", "Show the days and tones of reminders, or set your own", "chasing"),
            ("return promise", "Record the day by which a return is promised", "chasing"),
            ("return excuse", "Excuse a return, with who agreed", "chasing"),
        ),
    ),
    (
        "Concerns",
        (
            ("concern raise", "Record an immediate safeguarding concern (telephone first)", "concerns"),
            ("concern update", "Add whom you told, or what came of it", "concerns"),
            ("concern list", "List the concerns and their clocks", "concerns"),
        ),
    ),
    (
        "Moderation and findings",
        (
            ("panel convene", "Record that a moderation panel sits, and who is there", "panels"),
            ("panel present", "Record who came later to a panel, or left", "panels"),
            ("panel papers", "Write the panel’s paper for each child, as Word and as text", "panels"),
            ("panel show", "Show the agencies side by side for one child, biggest gap first", "panels"),
            ("panel begin", "Begin a child’s turn; the one before it ends", "panels"),
            ("panel end", "End a child’s turn", "panels"),
            ("panel interest", "Record a declared interest in one child", "panels"),
            ("panel answer", "Record the panel’s answer to a question asked once for each child", "panels"),
            ("panel voice", "Record what came of asking the practitioner, the child or the family", "panels"),
            ("panel agree", "Record the panel’s grade; the agencies’ own stay", "panels"),
            ("panel minutes", "Write the minutes of a panel, as Word and as text", "panels"),
            ("agreement", "Say how far raters agree who scored the same case blind", "agreement"),
            ("panel ledger", "List what moved between the agencies’ grades and the agreed ones", "panels"),
            ("round show", "Show a self-assessment round: agencies by indicators, with last time", "rounds"),
            ("round moderate", "Record the panel’s word on an indicator, beside the agency’s own", "rounds"),
            ("finding raise", "Raise a finding, from answers or at the panel", "findings"),
            ("finding add", "Add answers that show a finding", "findings"),
            ("finding withdraw", "Take a finding back; it stays in the record", "findings"),
            ("finding list", "List findings, strengths first", "findings"),
            ("trace", "Follow a finding back to the answers it rests on", "findings"),
        ),
    ),
    (
        "Plans, recommendations and actions",
        (
            ("plan open", "Open an action plan, of an audit, a review, a strategy …", "plans"),
            ("plan list", "List the plans, with where their actions stand", "plans"),
            ("plan show", "Show a plan: commitments, actions and the three numbers", "plans"),
            ("plan flow", "Say how the open actions of one day became those of another", "plans"),
            ("plan end", "End a plan; what is open in it goes on", "plans"),
            ("plan commit", "Add a commitment to a strategy or Business Plan", "plans"),
            ("plan state", "Say where a commitment stands, as every six months", "plans"),
            ("plan import", "Open a strategy with all its commitments from a file", "plans"),
            ("recommendation add", "Make a recommendation, with advice on its wording", "recommendations"),
            ("recommendation list", "List the recommendations, and who has not responded", "recommendations"),
            ("recommendation show", "Show one with its responses and actions", "recommendations"),
            ("recommendation respond", "Record what an agency answers", "recommendations"),
            ("recommendation withdraw", "Take a recommendation back; it stays in the record", "recommendations"),
            ("action list", "List actions, worst first, with the legend of their colours", "actions"),
            ("action show", "Tell the whole story of one action", "actions"),
            ("action propose", "Propose an action, with advice on its wording", "actions"),
            ("action correct", "Change facts of an action, with the reason", "actions"),
            ("action hand-over", "Give actions another owner", "actions"),
            ("action accept", "Record that its owner takes an action on, or refuses it", "actions"),
            ("action update", "Say how actions go; nothing is written over", "actionwork"),
            ("action milestone", "Add a milestone, or mark one as reached", "actionwork"),
            ("action evidence", "Add evidence by reference", "actionwork"),
            ("action ask-later", "Ask for a later day", "actionwork"),
            ("action extend", "Record the decision to change due dates", "actionwork"),
            ("action impact", "Judge what difference a closed action made", "actionwork"),
            ("action escalate", "Take an action up a tier by decision", "actionwork"),
            ("action agree", "Agree proposed actions", "actionmoves"),
            ("action start", "Say that work has begun", "actionmoves"),
            ("action submit", "Submit for closure what has evidence", "actionmoves"),
            ("action verify", "Accept the evidence, as somebody from elsewhere", "actionmoves"),
            ("action send-back", "Send what was submitted back to its owner", "actionmoves"),
            ("action close", "Close what was verified, where no minute is needed", "actionmoves"),
            ("action hold", "Put actions on hold until a day of review", "actionmoves"),
            ("action resume", "Take actions off hold", "actionmoves"),
            ("action supersede", "Put another action in the place of one", "actionmoves"),
            ("action reject", "Reject actions; they stay in the record", "actionmoves"),
            ("action reopen", "Reopen what was over, with all that it had", "actionmoves"),
            ("action waive", "Let somebody verify who is not independent", "actionmoves"),
            ("practice add", "Record good practice that a review or an inspection found", "practice"),
            ("practice list", "List good practice, with who took it up", "practice"),
            ("practice show", "Show what every agency did with one", "practice"),
            ("practice answer", "Record what an agency did with good practice", "practice"),
            ("rules list", "List the rule sets that give the colours", "rules"),
            ("rules show", "Print a rule set, and when an action climbs the tiers", "rules"),
            ("rules use", "Put a rule set in force; colours of earlier days stay", "rules"),
            ("undo", "Take back what was done to plans, actions or meetings", "undoing"),
        ),
    ),
    (
        "What goes out",
        (
            ("figures", "Work out every figure of every pack, with what is behind it", "figures"),
            ("report qa-group", "Write the QA Group’s pack", "reports"),
            ("report business-group", "Write the Business Group’s workbook", "reports"),
            ("report main-board", "Write the Main Board’s six-monthly report", "reports"),
            ("report audit", "Write an audit’s report: a draft, or the final version", "reports"),
            ("report briefing", "Write an audit’s learning briefing, one page", "reports"),
            ("report agency", "Write one agency’s own picture beside the partnership’s", "reports"),
            ("report compliance", "Write what law and guidance ask, and how returns answer", "reports"),
            ("report inspection", "Write the inspection pack, children by pseudonym", "reports"),
            ("report auditor", "Write for an auditor what came of their cases", "reports"),
            ("report compare", "List numbers of an edited report that no longer agree", "reports"),
            ("accuracy comment", "Record what an agency says is not right in a draft report", "accuracy"),
            ("accuracy answer", "Accept or decline a comment, with the reason", "accuracy"),
            ("accuracy list", "List a report’s versions and the comments on them", "accuracy"),
            ("release hits", "List what in a pack could identify somebody", "releases"),
            ("release numbers", "List what small numbers hide in a pack, and why", "releases"),
            ("release allow", "Let something found through, with the reason", "releases"),
            ("release change", "Put other words in its place, in what goes out", "releases"),
            ("release list", "List what was let through or changed, and why", "releases"),
            ("release sent", "List what has been sent: when, by whom and for whom", "releases"),
            ("release check", "Say again of a pack that was sent whether it may go", "releases"),
        ),
    ),
    (
        "Meetings",
        (
            ("meeting plan", "Plan a meeting of a group", "meetings"),
            ("meeting change", "Change a meeting’s day, papers date or chair", "meetings"),
            ("meeting cancel", "Record that a meeting does not take place", "meetings"),
            ("meeting list", "List the meetings, and where each stands", "meetings"),
            ("meeting show", "Show who came, whether it may decide, and what it decided", "meetings"),
            ("meeting papers", "Write the papers: what changed, consent list, agenda", "minutes"),
            ("meeting open", "Open a meeting: from then on it can decide", "meetings"),
            ("meeting attend", "Record who is there, or came as a deputy", "meetings"),
            ("meeting apologies", "Record who sent apologies, or stayed away", "meetings"),
            ("meeting interest", "Record a declared interest in an item", "meetings"),
            ("meeting hand-over", "Hand the chair over for one item", "meetings"),
            ("meeting since", "Say what changed since the last meeting, and the three numbers", "deciding"),
            ("meeting agenda", "Print the agenda, with why each item is there", "deciding"),
            ("meeting item", "Follow an item from the action to the finding", "deciding"),
            ("meeting return", "Write down that a return is opened from the meeting", "meetings"),
            ("meeting consent", "Agree uncontested closures and later days in one decision", "deciding"),
            ("meeting decide", "Record a decision, with what it does", "deciding"),
            ("meeting action", "Set an action of the group’s own", "deciding"),
            ("meeting answer", "Answer what a meeting asked for", "deciding"),
            ("meeting between", "Record what a chair decided between meetings", "deciding"),
            ("meeting ratify", "Stand by a chair’s action", "deciding"),
            ("meeting approve", "Approve the minutes of an earlier meeting", "deciding"),
            ("meeting end", "End a meeting: what was not reached carries over", "meetings"),
            ("meeting minutes", "Write the minutes, a draft until they are approved", "minutes"),
            ("meeting correct", "Correct minutes by a dated line", "minutes"),
            ("meeting log", "List every decision of a group", "minutes"),
        ),
    ),
    (
        "The record",
        (
            ("history", "Who changed what, when, from what to what", "records"),
            ("redact", "Take words out of the record for good", "records"),
            ("verify", "Check that nothing was changed, cut or lost", "records"),
            ("export workbook", "Write an audit as a workbook", "exports"),
        ),
    ),
    (
        "Action sheets, for owners who work from Excel",
        (
            ("export actions", "Write an agency’s open actions as a sheet that its owners fill in", "exports"),
            ("import actions", "Take in an action sheet that came back, difference by difference", "imports"),
            ("in", "Take in whatever came back in a folder: tools, action sheets, parcels", "inbox"),
            ("import plan", "Bring in an action plan from any workbook or CSV", "imports"),
        ),
    ),
)
"""By the chapters of `docs/commands.md`: a command’s words, its one line of help, and its module in `cli.commands`."""

COMMANDS = tuple(command for _, commands in CHAPTERS for command in commands)


GLOBAL = """\
  --workspace DIR   the workspace to use (or set QA_WORKSPACE)
  --as PERSON       who you are, as handle@agency (or set QA_USER)
"""


def overview() -> str:
    """What `qa --help` prints: every command, chapter by chapter."""
    width = max(len(words) for words, _, _ in COMMANDS) + 2
    lines = ["usage: qa [--workspace DIR] [--as PERSON] COMMAND …", ""]
    lines += ["`qa` alone opens the program on the screen. Everything it does is also a command:"]
    for title, commands in CHAPTERS:
        lines += ["", title]
        lines += [f"  {words:<{width}}{help}" for words, help, _ in commands]
    lines += [
        "",
        GLOBAL.rstrip(),
        "",
        "`qa COMMAND --help` says what one takes; docs/commands.md has an example of each.",
        "",
    ]
    return "\n".join(lines)


def group(first: str) -> str:
    """What there is under one word, such as `return`; nothing if no command of two words begins with it."""
    commands = [(words, help) for words, help, _ in COMMANDS if words.startswith(f"{first} ")]
    width = max((len(words) for words, _ in commands), default=0) + 2
    return "\n".join(f"  qa {words:<{width}}{help}" for words, help in commands)
