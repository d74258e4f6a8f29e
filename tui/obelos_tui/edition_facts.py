"""The facts of an edition's documents beside the one at hand, for findings across them while it is reviewed.

They are gathered when first asked for, and again of a document whose file has changed.
"""

import os
from collections.abc import Sequence
from contextlib import ExitStack

from obelos_rules import LEVELS, Hit, Level, Rule
from obelos_rules.batch import Batch
from obelos_rules.kept import KeptFindings
from obelos_rules.reading import Reading
from obelos_rules.recipe import Recipe
from obelos_rules.series import Facts, facts_of
from obelos_transcripts import Edition, read_layers
from obelos_transcripts.details import DETAILS, Details

from .across import Hits, across
from .checking import tasks_of
from .kept import kept_findings
from .targets import Target, list_targets

MANY = 500
"""Documents up to which looking across them is not felt while one is opened; `check` does it for any number."""

_State = tuple[int, int]


class EditionFacts:
    """What rules across documents say of one of them, as its text is at the moment."""

    def __init__(self, edition: Edition, rules: Sequence[Rule], *, most: int = MANY) -> None:
        """Nothing is read yet.

        Args:
            most: Of how many documents at most; of a larger edition nothing is said.
        """
        self._edition = edition
        self._rules = rules
        self._most = most
        self._known: dict[str, tuple[_State, Facts | None]] = {}

    def hits(self, name: str, text: str, details: Details, level: Level) -> list[tuple[Rule, Hit]] | None:
        """What is found down to a level; None where nothing can be said across documents."""
        asking = [rule for rule in self._rules if LEVELS.index(rule.level) <= LEVELS.index(level)]
        names = self._edition.names()
        asked = across(list_targets((), self._edition), self._edition, asking) if len(names) <= self._most else None
        if asked is None:
            return None
        self._gather([target for target in asked.targets if target.document and target.document.name != name])
        entries = {other: facts for other, (_, facts) in self._known.items() if facts and other in names}
        entries[name] = facts_of(Reading(read_layers(text), name, details))
        return asked.hits(entries.items()).get(name, [])

    def hits_of_all(self, level: Level) -> Hits:
        """What is found of each document as its text lies on disk; nothing where nothing can be said."""
        asking = [rule for rule in self._rules if LEVELS.index(rule.level) <= LEVELS.index(level)]
        if not asking or len(self._edition.names()) > self._most:
            return {}
        asked = across(list_targets((), self._edition), self._edition, asking)
        if asked is None:
            return {}
        self._gather(asked.targets)
        names = {target.document.name for target in asked.targets if target.document}
        return asked.hits((name, facts) for name, (_, facts) in self._known.items() if facts and name in names)

    def _gather(self, targets: Sequence[Target]) -> None:
        states = {target.document.name: _state(target) for target in targets if target.document}
        missing = [
            target
            for target in targets
            if target.document and self._known.get(target.document.name, (None,))[0] != states[target.document.name]
        ]
        if not missing:
            return
        # Whoever cannot be read has no facts; `check` says why.
        found: dict[str, Facts | None] = {target.document.name: None for target in missing if target.document}
        with ExitStack() as stack:
            file = kept_findings()
            kept = stack.enter_context(KeptFindings(file)) if file else None
            for task, facts in Batch(Recipe(()), kept=kept, processes=1).facts(tasks_of(missing)):
                found[task.name] = facts
        # All at once: another thread, which counts findings for the desk, sees no edition with gaps.
        self._known = self._known | {name: (states[name], facts) for name, facts in found.items()}


def _state(target: Target) -> _State:
    """Time and size of the text and what describes it; a file that is gone has none."""
    found = []
    for path in (target.path, target.document.folder / DETAILS if target.document else None):
        try:
            state = os.stat(path) if path else None
        except OSError:
            state = None
        found.append(hash((state.st_mtime_ns, state.st_size, state.st_ino)) if state else 0)
    return found[0], found[1]
