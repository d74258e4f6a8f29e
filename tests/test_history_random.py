"""Random histories in several clones: decided, undone, reverted, superseded, merged, a better base text put in place.

Whatever happened in whatever order: every decision is there, the clones have one text when everything was shared, and
a replay written without Obelos comes to the same. `OBELOS_SOAK=10000` plays as many; bench/together.py counts them.
"""

import os
import random
from itertools import permutations
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from clones import clone_of, found_edition
from obelos_transcripts import ObelosError
from random_editors import Clone, begin, exchanged, proved

CLONES = 3
EXAMPLES = int(os.environ.get("OBELOS_SOAK", "40"))


class Editors(RuleBasedStateMachine):
    """Three editors with a clone each."""

    clones: list[Clone]

    @initialize(seed=st.integers(0, 10**6))
    def begin(self, seed: int) -> None:
        """A fresh document."""
        self.clones = begin(seed, CLONES)

    def _at(self, number: int, seed: int) -> Clone:
        clone = self.clones[number]
        clone.world.dice = random.Random(seed)
        return clone

    @rule(number=st.integers(0, CLONES - 1), seed=st.integers(0, 10**6), times=st.integers(1, 4))
    def decide(self, number: int, seed: int, times: int) -> None:
        """Decisions, which may supersede earlier ones."""
        for n in range(times):
            self._at(number, seed + n).decide()

    @rule(number=st.integers(0, CLONES - 1), seed=st.integers(0, 10**6))
    def revert(self, number: int, seed: int) -> None:
        """A standing decision is taken back."""
        self._at(number, seed).revert()

    @rule(number=st.integers(0, CLONES - 1), seed=st.integers(0, 10**6))
    def retract(self, number: int, seed: int) -> None:
        """A decision that changes nothing, or an orphan, is taken back without another in its place."""
        self._at(number, seed).retract()

    @precondition(lambda self: any(clone.pending for clone in self.clones))
    @rule(number=st.integers(0, CLONES - 1))
    def undo(self, number: int) -> None:
        """The last decision not yet written is undone."""
        self.clones[number].undo()

    @rule(number=st.integers(0, CLONES - 1))
    def commit(self, number: int) -> None:
        """What is pending is written; the text is proved."""
        self.clones[number].commit()
        assert proved(self.clones[number])

    @rule(number=st.integers(0, CLONES - 1), step=st.integers(1, CLONES - 1), seed=st.integers(0, 10**6))
    def merge(self, number: int, step: int, seed: int) -> None:
        """What another has written is merged."""
        here = self._at(number, seed)
        other = self.clones[(number + step) % CLONES]
        before = here.records.ids | other.records.ids
        here.merge(other)
        assert before <= here.records.ids
        assert proved(here)

    @rule(seed=st.integers(0, 10**6))
    def better_base(self, seed: int) -> None:
        """A better transcription arrives at the first editor's."""
        self._at(0, seed).better_base()

    def teardown(self) -> None:
        """Everything is shared, in all orders."""
        if hasattr(self, "clones"):
            texts, wrong = exchanged(self.clones, list(permutations(range(CLONES))))
            assert (1, []) == (len(texts), wrong)


TestEditors = Editors.TestCase
TestEditors.settings = settings(max_examples=EXAMPLES, stateful_step_count=25, suppress_health_check=list(HealthCheck))


def test_a_random_history_in_three_real_repositories_ends_in_one_text(tmp_path: Path) -> None:
    """The same with git: decided, reverted, merged at random; both verifications hold in every clone."""
    dice = random.Random(5)
    ada = found_edition(tmp_path / "ada")
    clones = [ada, clone_of(ada, "ben"), clone_of(ada, "cleo")]
    words = ["bane", "operations", "Dairen", "consul", "guns", "north", "left"]
    made: set[str] = set()
    for number in range(12):
        here = dice.choice(clones)
        if number % 4 == 3:
            here.merges(dice.choice([clone for clone in clones if clone is not here]))
            continue
        try:
            made.add(here.decides(dice.choice(words), dice.choice(["x", "y y", "", None])))
        except (ObelosError, ValueError):
            continue  # the word is not there any more, or reads so already
    for here, other in permutations(clones, 2):
        here.merges(other)

    assert all(made <= clone.records() for clone in clones)
    assert 1 == len({clone.text() for clone in clones})
    assert all(clone.verified() for clone in clones)
