"""Setting states and confirming decisions, without a screen: the one room behind the commands and the screens."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from obelos_history import DocumentHistory, Repository, Standing, State, approve, set_state, standing_of
from obelos_history.attestation import Approval, StateRecord
from obelos_history.persons import Persons
from obelos_transcripts import Edition, ObelosError, Refused

from .clock import now
from .review import Review
from .states import Place, places


@dataclass(frozen=True)
class Queue:
    """What waits for a second reader.

    Attributes:
        troubles: Documents that cannot be judged, and why.
    """

    places: tuple[Place, ...]
    troubles: tuple[str, ...] = ()


class Attesting:
    """An edition in which somebody says how far its documents have come, and confirms what others decided."""

    def __init__(
        self,
        edition: Edition,
        repository: Repository,
        *,
        review: Review | None = None,
        read_only: str = "",
        clock: Callable[[], datetime] = now,
        notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Nothing is read yet.

        Args:
            review: The review that is open: it holds its document, so what is recorded there goes through it.
            read_only: Why nothing can be recorded; "" where it can.
            notice: Told what the editor should know on opening a document.
        """
        self.edition = edition
        self.repository = repository
        self._review = review
        self._read_only = read_only
        self._clock = clock
        self._notice = notice

    def standing(self, name: str) -> Standing:
        """How a document stands by what is committed."""
        return standing_of(DocumentHistory(self.edition, self.repository, name))

    def waiting(self, names: Sequence[str]) -> Queue:
        """The decisions of some documents that wait for a second reader, in the order of the texts.

        Raises:
            BadInput: The only document asked for cannot be judged.
        """
        found: list[Place] = []
        troubles: list[str] = []
        for name in names:
            if len(names) > 1 and not self.edition.history(name).is_dir():
                continue  # nothing was ever recorded
            try:
                history = DocumentHistory(self.edition, self.repository, name)
                found += places(history, standing_of(history).waiting)
            except ObelosError as error:
                if len(names) == 1:
                    raise
                troubles.append(f"{name}: {error}")
        return Queue(tuple(found), tuple(troubles))

    def to_confirm(self, places: Sequence[Place], name: str) -> tuple[Place, ...]:
        """Of decisions that wait, those on a document that this person may confirm: another person's.

        Raises:
            Refused: Git does not know who this person is.
        """
        persons, me = Persons(self.edition.settings.editors), str(self.repository.identity())
        return tuple(p for p in places if p.document == name and not persons.same(p.decision.resp, me))

    def approve(self, name: str, ids: Sequence[str], note: str) -> tuple[tuple[Approval, ...], str]:
        """Confirm decisions of another person; the records and the commit. Raises as `obelos_history.approve`."""
        with self._deciding(name) as history:
            return approve(history, ids, note, self.repository.identity(), self._clock())

    def set_state(self, name: str, state: State, note: str) -> tuple[StateRecord, str] | None:
        """Record a state; the record and the commit, None where it was said already. Raises as
        `obelos_history.set_state`."""
        with self._deciding(name) as history:
            return set_state(history, state, note, self.repository.identity(), self._clock())

    @contextmanager
    def _deciding(self, name: str) -> Iterator[DocumentHistory]:
        read_only = self._read_only
        if self._review and self._review.history.name == name:
            read_only = read_only or self._review.state.read_only
            if not read_only:
                yield self._review.history
                return
        if read_only:
            raise Refused(read_only)
        history = DocumentHistory(self.edition, self.repository, name)
        history.open_for_deciding()
        try:
            for notice in history.notices:
                self._notice(notice)
            yield history
        finally:
            history.close()
