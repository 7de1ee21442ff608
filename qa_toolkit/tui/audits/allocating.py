"""Who scores what: a proposal with its reasons, shown first, and written on a yes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.independence import Proposal
from qa_toolkit.domain.people import Role
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.reading import ReadingScreen
from qa_toolkit.workflow import allocating

DEEDS = (
    Deed("write", "y", "Yes, name them", "Name everybody whom the proposal names.", True),
    Deed("agency", "a", "One agency", "Only the returns of one agency, or of all again.", True),
    Deed("role", "r", "Role", "Propose people of another role than auditors.", True),
    Deed("back", "escape", "Back", "Name nobody, and go to the screen before.", True),
)


class AllocateScreen(ReadingScreen):
    """The proposal for one audit."""

    HELP: ClassVar[str] = (
        "Somebody of the right agency and role for each return that nobody has, evenly by what each person still owes "
        "in every audit, with the reason for each. Whoever holds or supervises a case, as their agency says, is left "
        "out. What an agency does not know, or is excused, is not given out. The same records always give the same "
        "proposal."
        "\n\ny names everybody whom it names; nothing is written before. n on the grid names one by hand."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self.agency = ""
        """The only one whose returns are looked at; empty for all."""
        self.role = Role.AUDITOR
        self.found: list[Proposal] = []

    @property
    def named(self) -> int:
        """For how many returns it names somebody."""
        return sum(bool(one.person) for one in self.found)

    def heading(self) -> str:
        """What is proposed."""
        return f"{self.audit_id}: who scores what, as it is proposed"

    def lines(self) -> Iterable[str]:
        """The returns of each agency, with somebody for each."""
        qa, only = self.qa, (self.agency,) if self.agency else ()
        self.found = allocating.proposal(
            qa.workspace, self.audit_id, agencies=only, role=self.role, today=qa.today, calendar=qa.calendar
        )
        agencies, people = qa.workspace.agencies(), qa.workspace.people()
        of = f" of {agencies[self.agency].name}" if self.agency else ""
        if not self.found:
            yield f"Every return{of} that is owed has somebody, or is begun. Esc goes back."
            return
        left = len(self.found) - self.named
        nobody = f" For {left} there is nobody." if left else ""
        asks = " y names them; nothing is written before." if self.named else ""
        yield f"{self.role.label}s for {self.named} of {len(self.found)} returns{of}.{nobody}{asks}"
        before = ""
        for one in sorted(self.found, key=lambda one: (list(agencies).index(one.agency), one.return_id)):
            if one.agency != before:
                before = one.agency
                yield ""
                yield agencies[before].name
            case = one.return_id.removeprefix(f"{self.audit_id}-").removesuffix(f"-{one.agency.upper()}")
            who = f"{people[one.person].name} ({one.person})" if one.person else "nobody"
            yield f"  {case}  {who}: {one.reason}"

    def action_write(self) -> None:
        """Name them."""
        if not self.named:
            self.say("There is nobody to name. Esc goes back.")
            return
        try:
            by = self.qa.person.id if self.qa.person else ""
            count = allocating.allocate_all(self.qa.workspace, self.audit_id, self.found, by=by, now=self.qa.now())
        except QAError as error:
            self.refuse(error)
            self.fill()
            return
        self.action_back()
        self.say(f"{count} return{'s have' if count != 1 else ' has'} somebody now.")

    @work
    async def action_agency(self) -> None:
        """Ask which, and propose for that one."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        asked, known = self.qa.workspace.audit(self.audit_id).audit.agencies, self.qa.workspace.agencies()
        names = ["All of them", *(known[id].name for id in asked)]
        picked = await self.app.push_screen_wait(PickOne(self.audit_id, "Whose returns?", names))
        if picked is not None:
            self.agency = asked[picked - 1] if picked else ""
            self.fill()

    @work
    async def action_role(self) -> None:
        """Ask which, and propose people who have it."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        roles = list(Role)
        words = "People of which role score? Auditors, as a rule."
        picked = await self.app.push_screen_wait(PickOne(self.audit_id, words, [role.label for role in roles]))
        if picked is not None:
            self.role = roles[picked]
            self.fill()
