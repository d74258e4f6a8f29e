"""How many findings of a document are answered, and how many are open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from obelos_history import DocumentHistory
from obelos_rules import LEVELS, Rule, check
from obelos_transcripts import read_text
from obelos_transcripts.details import read_details

from ..across import merged
from ..answered import recall
from ..edition_facts import EditionFacts
from ..folded import folded


@dataclass(frozen=True)
class Answered:
    """Findings of the usual levels, certain and likely: those answered, and those open, by level."""

    answered: int
    certain: int
    likely: int

    @property
    def open(self) -> int:
        """How many are open."""
        return self.certain + self.likely


def answered(history: DocumentHistory, rules: Sequence[Rule], others: EditionFacts) -> Answered:
    """What the rules find in the committed text of a document, and whether somebody decided on it."""
    name, details = history.name, read_details(history.document)
    current = history.replay(history.committed)
    witnesses = {siglum: read_text(path) for siglum, path in history.document.witnesses.items()}
    forms = history.edition.settings.variants
    found = check(current.text, rules, level=LEVELS[1], name=name, details=details, witnesses=witnesses, forms=forms)
    findings = merged(current.text, found, others.hits(name, current.text, details, LEVELS[1]) or ())
    answers = recall(findings, current, history.committed, rules, level=LEVELS[1]).answers
    gone = folded(findings, answers)
    still = Counter(
        finding.level
        for number, (finding, answer) in enumerate(zip(findings, answers, strict=True))
        if answer is None and number not in gone
    )
    decided = sum(answer is not None and number not in gone for number, answer in enumerate(answers))
    return Answered(decided, still[LEVELS[0]], still[LEVELS[1]])
