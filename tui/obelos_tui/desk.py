"""The desk: the documents of an edition and what is open in each, without a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_history import DocumentHistory, Repository, effective
from obelos_rules import Rule, check
from obelos_transcripts import Edition, read_text
from obelos_transcripts.details import read_details

from .across import merged
from .answered import recall
from .edition_facts import EditionFacts
from .folded import folded
from .review import Review


@dataclass(frozen=True)
class DeskRow:
    """One document on the desk."""

    name: str
    open_findings: int
    pending: int
    queries: int
    decisions: int
    last: str


@dataclass(frozen=True)
class Desk:
    """An edition opened for work.

    Attributes:
        read_only: Why nothing can be recorded; "" where it can.
        notices: What the editor should be told of on opening a document.
    """

    edition: Edition
    repository: Repository
    rules: Sequence[Rule]
    read_only: str = ""
    notices: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """The documents, by name."""
        return self.edition.names()

    @cached_property
    def _others(self) -> EditionFacts:
        return EditionFacts(self.edition, self.rules)

    def row(self, name: str) -> DeskRow:
        """What is open in one document. Checks its text, so it takes as long as that."""
        history = DocumentHistory(self.edition, self.repository, name)
        current = history.replayed()
        details = read_details(history.document)
        witnesses = {siglum: read_text(path) for siglum, path in history.document.witnesses.items()}
        forms = self.edition.settings.variants
        found = check(current.text, self.rules, name=name, details=details, witnesses=witnesses, forms=forms)
        findings = merged(current.text, found, self._others.hits(name, current.text, details, "likely") or ())
        decided = recall(findings, current, history.decisions, self.rules).answers
        gone = folded(findings, decided)
        standing = effective(history.decisions)
        last = max((d.when for d in history.decisions), default=None)
        return DeskRow(
            name=name,
            open_findings=sum(decision is None and number not in gone for number, decision in enumerate(decided)),
            pending=len(history.pending.taken),
            queries=sum(d.disposition == "query" for d in standing),
            decisions=len(history.committed),
            last=f"{last:%Y-%m-%d}" if last else "",
        )

    def open(self, name: str) -> Review:
        """The review of one document."""
        history = DocumentHistory(self.edition, self.repository, name)
        history.notices += self.notices
        return Review(history, self.rules, read_only=self.read_only, others=self._others)
