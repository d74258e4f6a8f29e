"""What the desk and the review share: saying how far a document has come, and what waits for a second reader."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from textual import on
from textual.message import Message

from obelos_history import STATES, Standing, State
from obelos_transcripts import ObelosError, visible

from .. import facts
from ..attesting import Attesting
from ..states import told
from ..turns import Turns
from .attesting import AttestDialog
from .base import ViewScreen


class AttestingScreen(ViewScreen):
    """A screen from which a state is set and the waiting decisions are shown; its document at hand is for it to say."""

    def attesting(self) -> Attesting:
        """Where states are set."""
        raise NotImplementedError

    def at_hand(self) -> str | None:
        """The document at hand; None where there is none."""
        raise NotImplementedError

    def waiting_in(self) -> Sequence[str]:
        """The documents whose waiting decisions are shown."""
        raise NotImplementedError

    def action_state(self) -> None:
        """Look how the document at hand stands, then ask for its state."""
        name = self.at_hand()
        if name is None:
            return
        attesting = self.attesting()

        def work() -> None:
            fact: Message
            try:
                fact = facts.StandingRead(attesting.standing(name))
            except ObelosError as error:
                fact = facts.OperationRefused(f"How {name} stands cannot be told", str(error))
            self.post_message(fact)

        self.run_worker(work, thread=True, group="attest", exclusive=True)

    @on(facts.StandingRead)
    def _standing_read(self, message: facts.StandingRead) -> None:
        standing = message.standing
        following = STATES[min(STATES.index(standing.state) + 1, len(STATES) - 1)]
        record = partial(self._set_state, self.attesting(), standing)
        lines = list(told(standing, short=True))
        self.app.push_screen(AttestDialog(f"State of {standing.document}", lines, record, STATES, following))

    async def _set_state(self, attesting: Attesting, standing: Standing, state: str, note: str) -> None:
        name = standing.document
        made = await self.turns_of_attesting.take(lambda: attesting.set_state(name, cast(State, state), note))
        self.post_message(facts.StateRecorded(name, state, made[1] if made else None))

    @property
    def turns_of_attesting(self) -> Turns:
        """In which what is recorded takes its turn."""
        return Turns()

    @on(facts.StateRecorded)
    def _state_recorded(self, message: facts.StateRecorded) -> None:
        made = f"commit {message.commit[:10]}" if message.commit else "said by you of this very text already"
        self.tell(f"{message.document}: {message.state}, {made}")

    def tell(self, what: str) -> None:
        """A passing remark."""
        self.notify(visible(what), markup=False)

    def action_waiting(self) -> None:
        """Show what waits for a second reader."""
        from .waiting import WaitingScreen

        self.app.push_screen(WaitingScreen(self.attesting(), self.waiting_in(), self.turns_of_attesting))
