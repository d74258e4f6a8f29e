"""The desk: the documents of an edition and how each stands, without a screen."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_history import DocumentHistory, Repository
from obelos_rules import Rule
from obelos_rules.recipe import Recipe
from obelos_transcripts import Edition

from .desk_index import DeskIndex
from .desk_looking import Sight, Step, look, look_at
from .desk_row import DeskRow
from .edition_facts import MANY, EditionFacts
from .review import Review
from .seeking import Seeker


@dataclass(frozen=True)
class Desk:
    """An edition opened for work.

    Attributes:
        read_only: Why nothing can be recorded; "" where it can.
        notices: What the editor should be told of on opening a document.
        recipe: Where the rules came from; None: from nowhere that lasts, and nothing is kept between two sittings.
        by_rank: Documents are opened with their findings in the order of the records of their rules.
    """

    edition: Edition
    repository: Repository
    rules: Sequence[Rule]
    read_only: str = ""
    notices: tuple[str, ...] = ()
    recipe: Recipe | None = None
    by_rank: bool = False

    def names(self) -> list[str]:
        """The documents, by name."""
        return self.edition.names()

    def only(self) -> str | None:
        """The one document of an edition that has no other."""
        return self.edition.only()

    @cached_property
    def _others(self) -> EditionFacts:
        return EditionFacts(self.edition, self.rules)

    @property
    def _sight(self) -> Sight:
        return Sight(self.edition, self.repository, self.rules, self.recipe, self._others)

    def remembered(self) -> list[DeskRow]:
        """How the documents stood when somebody looked last; none where that is not known. No document is read."""
        if self.recipe is None:
            return []
        with DeskIndex(self.edition.root) as index:
            return index.rows()

    def look(self, first: Sequence[str] = ()) -> Generator[Step, None, None]:
        """Look at the documents that changed since; see `desk_looking.look`."""
        return look(self._sight, first=first)

    def row(self, name: str) -> DeskRow:
        """How one document stands. Checks its text, so it takes as long as that."""
        return look_at(self._sight, name)

    @property
    def many(self) -> int:
        """Up to so many documents it is not felt when all are looked at again."""
        return MANY

    def open(self, name: str) -> Review:
        """The review of one document."""
        history = DocumentHistory(self.edition, self.repository, name)
        history.notices += self.notices
        seeker = Seeker(self.recipe) if self.recipe else None
        return Review(
            history,
            self.rules,
            read_only=self.read_only,
            others=self._others,
            by_rank=self.by_rank,
            seeker=seeker,
        )
