"""What the tracker and the story share: the deeds on one action."""

from __future__ import annotations

from textual import work

from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.offers import Offer, offers
from qa_toolkit.domain.plans.standing import brief_of
from qa_toolkit.tui.actions.taking_back import UNDO, TakesBack
from qa_toolkit.tui.commands import Deed
from qa_toolkit.workflow.plans.stories import Story

ON_ONE = (
    Deed("do", "d", "Do", "Everything that you may do to this action now.", True),
    Deed("update", "u", "Update", "Say how this action goes.", True),
    Deed("evidence", "e", "Evidence", "Add where the proof can be seen.", False),
    UNDO,
)


class ActionDeeds(TakesBack):
    """A screen on which something can be done to one action."""

    def subject(self) -> Story | None:
        """The action that is meant, read anew; None where there is none, which has been said."""
        raise NotImplementedError

    def offered(self, story: Story) -> list[Offer]:
        """What this person may do to an action now."""
        person, action = self.qa.person, story.thread.action
        if person is None:
            return []
        tier = self.qa.workspace.partnership_shelf.all(Tier).get(action.tier)
        return offers(
            brief_of(story.thread), person, today=self.qa.today, minute_needed=tier is None or tier.minute_needed,
            waived=story.waiver is not None and story.waiver.person == person.id,
        )  # fmt: skip

    @work
    async def action_do(self) -> None:
        """Ask what is to be done, and do it."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        story = self.subject()
        if story is None:
            return
        found = self.offered(story)
        if not found:
            self.say(f"There is nothing that you may do to {story.thread.action.id} now. Its story can be read.")
            return
        title = f"{story.thread.action.id}, {story.standing.state.label.lower()}"
        picked = await self.app.push_screen_wait(PickOne(title, story.thread.action.text, [one.label for one in found]))
        if picked is not None:
            await self._ask(found[picked], story)

    def action_update(self) -> None:
        """Say how it goes."""
        self._at_once(Offer.UPDATE, "update")

    def action_evidence(self) -> None:
        """Add where the proof can be seen."""
        self._at_once(Offer.EVIDENCE, "add evidence to")

    @work
    async def _at_once(self, offer: Offer, deed: str) -> None:
        story = self.subject()
        if story is None:
            return
        if offer not in self.offered(story):
            id, state = story.thread.action.id, story.standing.state.label.lower()
            self.say(f"You may not {deed} {id} ({state}): that is for its owner, the lead of its agency, or a "
                     "co-ordinator, while it has not ended.", severity="warning")  # fmt: skip
            return
        await self._ask(offer, story)

    async def _ask(self, offer: Offer, story: Story) -> None:
        # The form's fields are only loaded when one is asked for.
        from qa_toolkit.tui.actions.acting import Who
        from qa_toolkit.tui.actions.forms import form_for
        from qa_toolkit.tui.forms.form import FormScreen

        person = self.qa.person
        if person is None:
            return
        who = Who(self.qa.workspace, person.id, self.qa.now, self.qa.today)
        screen = FormScreen(form_for(offer, story, who))
        if await self.app.push_screen_wait(screen) is not None:
            self.say(screen.said)
            self.fill()
