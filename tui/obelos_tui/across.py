"""Rules that look across the documents of an edition: asked only where every document of it is checked.

One document missing, and a gap in the numbers would be one of the question, not of the edition.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from obelos_rules import Finding, Hit, Rule
from obelos_rules.engine import with_hits
from obelos_rules.series import Facts, check_series
from obelos_transcripts import Edition

from .targets import Target

KIND = "series"
Hits = dict[str, list[tuple[Rule, Hit]]]
"""What was found across the documents, by the document of which it is said."""


@dataclass(frozen=True)
class Across:
    """The rules that look across documents, and the documents."""

    rules: Sequence[Rule]
    targets: Sequence[Target]

    def hits(self, entries: Iterable[tuple[str, Facts]]) -> Hits:
        """What the rules say of documents with these facts."""
        found: Hits = {}
        for name, hit, rule in check_series(tuple(entries), self.rules):
            found.setdefault(name, []).append((rule, hit))
        return found


def across(targets: Sequence[Target], edition: Edition | None, rules: Iterable[Rule]) -> Across | None:
    """What can be asked across some targets; None where they are not the whole edition, or no rule asks."""
    asking = tuple(rule for rule in rules if rule.kind == KIND)
    documents = {target.document.name: target for target in targets if target.document and target.path}
    if edition is None or not asking or len(documents) < 2 or not documents.keys() >= set(edition.names()):
        return None
    return Across(asking, tuple(documents.values()))


def merged(text: str, findings: Sequence[Finding], hits: Sequence[tuple[Rule, Hit]]) -> Sequence[Finding]:
    """The findings in a text with what was found across documents, in the order of `check`."""
    # A file that was changed since its facts were gathered may be shorter.
    return with_hits(text, findings, [(rule, hit) for rule, hit in hits if hit.end <= len(text)]) if hits else findings
