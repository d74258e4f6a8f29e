"""The record of each rule in an edition: what editors decided on its findings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from obelos_history import Decision, read_records
from obelos_rules import Rule
from obelos_transcripts import Edition
from obelos_transcripts.edition import Off


@dataclass(frozen=True)
class Record:
    """How often findings of a rule were accepted (correct, emend), rejected, kept (stet), asked about (query)."""

    accepted: int = 0
    rejected: int = 0
    kept: int = 0
    asked: int = 0

    def __bool__(self) -> bool:
        return any((self.accepted, self.rejected, self.kept, self.asked))

    def __str__(self) -> str:
        counts = {"accepted": self.accepted, "rejected": self.rejected, "kept": self.kept, "asked": self.asked}
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)

    @property
    def rank(self) -> float:
        """What share of its next findings is expected to be accepted: those accepted of those answered, plus 1 in 2."""
        return (self.accepted + 1) / (self.accepted + self.rejected + self.kept + 2)

    @property
    def told(self) -> str:
        """``accepted 3 of 4 here``; "" where no finding was answered."""
        answered = self.accepted + self.rejected + self.kept
        return f"accepted {self.accepted} of {answered} here" if answered else ""

    def as_data(self) -> dict[str, int]:
        """The four counts by name."""
        return {"accepted": self.accepted, "rejected": self.rejected, "kept": self.kept, "asked": self.asked}


NONE = Record()


def rank_of(code: str, known: Mapping[str, Record]) -> float:
    """The rank of a rule by its code; one half where nothing of it was answered."""
    return known.get(code, NONE).rank


_COUNTED = {"correct": "accepted", "emend": "accepted", "reject": "rejected", "stet": "kept", "query": "asked"}


def decisions_of(edition: Edition) -> list[Decision]:
    """Every decision that stands in an edition's history; what was superseded or taken back counts no more.

    Raises:
        BadInput: A file of the history is not a sound decision.
    """
    return [one for name in edition.names() for one in read_records(edition.history(name)).standing]


def offs(edition: Edition | None) -> Mapping[str, Off]:
    """The rules that an edition has switched off, by the code it names them by."""
    return {one.code: one for one in edition.settings.off} if edition else {}


def records(decisions: Iterable[Decision], rules: Iterable[Rule]) -> Mapping[str, Record]:
    """Records by code; decisions that name an older code of a rule count as its own."""
    today = {old: rule.code for rule in rules for old in (*rule.aliases, rule.code)}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for decision in decisions:
        if decision.rule:
            counts[today.get(decision.rule, decision.rule)][_COUNTED[decision.disposition]] += 1
    return {code: Record(**count) for code, count in counts.items()}
