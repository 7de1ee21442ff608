"""Every command in one table: its words, what it is for, and the module that does it. Loads nothing."""

from __future__ import annotations

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("open", "Open the program on the screen (the same as `qa` alone)", "opening"),
    ("demo", "Make the worked example, once, and open it", "opening"),
    ("init", "Make a new workspace in ./findings", "workspaces"),
    ("where", "Say which workspace is used, and who you are", "workspaces"),
    ("agencies add", "Add an agency", "partners"),
    ("agencies list", "List the agencies", "partners"),
    ("people add", "Add a person, or change their roles", "partners"),
    ("people list", "List the people", "partners"),
    ("template list", "List the templates that an audit can use", "templates"),
    ("template check", "Check a template file, and advise on its wording", "templates"),
    ("template show", "Print a template as an agency will meet it", "templates"),
    ("template diff", "Say what became of each question from one edition to another", "templates"),
    ("template from", "Make a checked template from a table in a workbook", "templates"),
    ("template to", "Write a template as a table in a workbook", "templates"),
    ("template schema", "Write the format as a JSON Schema, for editors", "templates"),
    ("programme add", "Plan an audit, a self-assessment or a re-audit", "programme"),
    ("programme list", "Show twelve months at a glance, and what they ask of agencies", "programme"),
    ("programme change", "Say where an entry stands; what is dropped keeps its reason", "programme"),
    ("audit open", "Open an audit on a template", "audits"),
    ("audit terms", "Set and show an audit’s terms of reference", "terms"),
    ("audit list", "List the audits", "audits"),
    ("audit show", "Show an audit’s returns, cases by agencies", "audits"),
    ("audit close", "Close an audit, or abandon it with a reason", "audits"),
    ("case add", "Add a case under the next free pseudonym", "audits"),
    ("case facts", "Change facts about a child", "audits"),
    ("case check", "Record whether an agency knows the child", "checking"),
    ("case held", "Record who of an agency holds a case and who supervises it", "checking"),
    ("check show", "Show the record check: children by agencies, and who is silent", "checking"),
    ("check paste", "Record an agency’s answers as a column: all of it, or nothing", "checking"),
    ("check fill", "Record one answer for every child of an agency", "checking"),
    ("difference list", "List where agencies’ records say otherwise about a child", "differences"),
    ("difference settle", "Say which of the two stands, why, and who decided", "differences"),
    ("allocate", "Propose who scores what, evenly; write it with --yes", "checking"),
    ("return start", "Start a return that you owe", "scoring"),
    ("return show", "Show a return: its questions, answers and what is missing", "scoring"),
    ("return declare", "Say how near you stand to the case", "scoring"),
    ("return fact", "Enter facts about the return, such as the evidence you saw", "scoring"),
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
    ("return promise", "Record the day by which a return is promised", "chasing"),
    ("return excuse", "Excuse a return, with who agreed", "chasing"),
    ("tool out", "Write the audit tool as a workbook for an agency", "tools"),
    ("tool in", "Take in an audit tool that came back: all of it, or nothing", "tools"),
    ("parcel out", "Make a sealed parcel for an agency that runs the program", "parcels"),
    ("parcel open", "Open a parcel into a small workspace of your own", "parcels"),
    ("parcel return", "Make the sealed parcel that goes back", "parcels"),
    ("parcel in", "Take in a parcel that came back; the same one twice changes nothing", "parcels"),
    ("key show", "Print your key for parcels, and its fingerprint", "parcels"),
    ("agencies key", "Record an agency’s key, once its fingerprint was read out", "parcels"),
    ("chase draft", "Draft every reminder that is due today, one for each agency", "chasing"),
    ("chase sent", "Mark reminders as sent: they count from then", "chasing"),
    ("chase list", "List what was drafted and sent, for a fair record", "chasing"),
    ("concern raise", "Record an immediate safeguarding concern (telephone first)", "concerns"),
    ("concern update", "Add whom you told, or what came of it", "concerns"),
    ("concern list", "List the concerns and their clocks", "concerns"),
    ("sample draw", "Draw an audit’s cases from a list of pseudonyms", "samples"),
    ("sample prove", "Draw again, and say whether the cases are the same", "samples"),
    ("sample replace", "Put the next reserve in the place of a case", "samples"),
    ("identity-sheet", "Write a workbook for names, outside the workspace", "samples"),
    ("panel convene", "Record that a moderation panel sits, and who is there", "panels"),
    ("panel show", "Show the agencies side by side for one child, biggest gap first", "panels"),
    ("panel begin", "Begin a child’s turn; the one before it ends", "panels"),
    ("panel end", "End a child’s turn", "panels"),
    ("panel interest", "Record a declared interest in one child", "panels"),
    ("panel answer", "Record the panel’s answer to a question asked once for each child", "panels"),
    ("panel voice", "Record what came of asking the practitioner, the child or the family", "panels"),
    ("panel agree", "Record the panel’s grade; the agencies’ own stay", "panels"),
    ("agreement", "Say how far raters agree who scored the same case blind", "agreement"),
    ("panel ledger", "List what moved between the agencies’ grades and the agreed ones", "panels"),
    ("finding raise", "Raise a finding, from answers or at the panel", "findings"),
    ("finding add", "Add answers that show a finding", "findings"),
    ("finding withdraw", "Take a finding back; it stays in the record", "findings"),
    ("finding list", "List findings, strengths first", "findings"),
    ("trace", "Follow a finding back to the answers it rests on", "findings"),
    ("late", "List the returns that are late", "audits"),
    ("history", "Who changed what, when, from what to what", "records"),
    ("redact", "Take words out of the record for good", "records"),
    ("verify", "Check that nothing was changed, cut or lost", "records"),
    ("export workbook", "Write an audit as a workbook", "exports"),
)
"""The words of a command, its one line of help, and its module in `cli.commands`."""

GLOBAL = """\
  --workspace DIR   the workspace to use (or set QA_WORKSPACE)
  --as PERSON       who you are, as handle@agency (or set QA_USER)
"""


def overview() -> str:
    """What `qa --help` prints."""
    width = max(len(words) for words, _, _ in COMMANDS) + 2
    lines = ["usage: qa [--workspace DIR] [--as PERSON] COMMAND …", ""]
    lines += ["`qa` alone opens the program on the screen. As commands:", ""]
    group = ""
    for words, help, module in COMMANDS:
        if module != group and group:
            lines.append("")
        group = module
        lines.append(f"  {words:<{width}}{help}")
    lines += ["", GLOBAL.rstrip(), "", "`qa COMMAND --help` says what one takes; docs/commands.md has them all.", ""]
    return "\n".join(lines)
