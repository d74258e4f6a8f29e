"""The one place where texts meet rules: targets in, findings out, in the order of the targets.

A few texts are held at a time, however many there are. Of a whole edition the facts of each document are gathered
first, for the rules that look across them; facts are small.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from obelos_rules import LEVELS, Finding, Hit, Rule
from obelos_rules.batch import Batch, Task
from obelos_rules.kept import KeptFindings
from obelos_rules.recipe import Recipe
from obelos_transcripts import BadInput, Lines, read_text
from obelos_transcripts.details import Details, read_details

from .across import Across, merged
from .kept import kept_findings
from .targets import Target

_FEW = 3


@dataclass(frozen=True)
class Checked:
    """A target and what the rules say of it.

    Attributes:
        known: The text, where it was read already.
        problem: Why it could not be checked; it has no findings then.
    """

    target: Target
    findings: Sequence[Finding] = ()
    known: str | None = None
    problem: BadInput | None = None

    @cached_property
    def text(self) -> str:
        """The text of the target."""
        return self.target.read() if self.known is None else self.known

    @cached_property
    def lines(self) -> Lines:
        """Its lines, counted once for all its findings."""
        return Lines(self.text)


def checked(
    targets: Sequence[Target],
    recipe: Recipe,
    *,
    rules: Sequence[Rule] | None = None,
    begun: Callable[[Target], None] = lambda target: None,
    across: Across | None = None,
) -> Iterator[Checked]:
    """What the rules say of each target, in order; a target that cannot be checked says why and stops no other.

    What earlier runs found is taken from what is kept; long runs use all processors. A document with decisions is
    checked at every level: whether a decision still matches anything cannot be told otherwise. Who asked for less
    leaves the weaker findings out.

    Args:
        recipe: Which rules.
        rules: The rules of the recipe, where they are at hand.
        begun: Told of each target before it is read.
        across: What is asked across the documents of an edition, whichever of them are targets.
    """
    reading = _Targets(targets, begun)
    weakest = LEVELS.index(recipe.level)
    with ExitStack() as stack:
        kept = stack.enter_context(KeptFindings(file)) if (file := _kept(targets)) else None
        batch = Batch(recipe, rules=rules, kept=kept)
        stack.callback(batch.close)
        hits = _across(across, batch, begun) if across else {}
        running = batch.run(reading.tasks())
        stack.callback(running.close)
        for task, findings in running:
            yield from reading.troubles_before(task.subject)
            target = targets[task.subject]
            own = hits.get(target.document.name, []) if target.document and target.path else []
            own = [pair for pair in own if target.history or LEVELS.index(pair[0].level) <= weakest]
            yield Checked(target, merged(task.text, findings, own), task.text)
        yield from reading.troubles_before(len(targets))


def _across(across: Across, batch: Batch, begun: Callable[[Target], None]) -> dict[str, list[tuple[Rule, Hit]]]:
    """What the rules across documents find. A document that cannot be read is told when its turn comes."""
    return across.hits((task.name, facts) for task, facts in batch.facts(_Targets(across.targets, begun).tasks()))


def tasks_of(targets: Sequence[Target]) -> Iterator[Task[int]]:
    """Targets as texts to ask, read as they are needed; those that cannot be read are left out."""
    return _Targets(targets, lambda target: None).tasks()


class _Targets:
    """Targets on their way: read when their turn comes near; those that cannot be are told in their turn."""

    def __init__(self, targets: Sequence[Target], begun: Callable[[Target], None]) -> None:
        self._targets = targets
        self._begun = begun
        self._troubles: deque[tuple[int, BadInput]] = deque()

    def tasks(self) -> Iterator[Task[int]]:
        for place, target in enumerate(self._targets):
            self._begun(target)
            try:
                text = target.read()
                details = read_details(target.document) if target.document else Details()
                witnesses = {siglum: read_text(path) for siglum, path in _witnesses(target)}
            except BadInput as error:
                self._troubles.append((place, error))
                continue
            name = target.document.name if target.document else target.name
            yield Task(place, text, name, details, "possible" if target.history else None, witnesses)

    def troubles_before(self, place: int) -> Iterator[Checked]:
        while self._troubles and self._troubles[0][0] < place:
            number, problem = self._troubles.popleft()
            yield Checked(self._targets[number], problem=problem)


def _witnesses(target: Target) -> Iterable[tuple[str, Path]]:
    return target.document.witnesses.items() if target.document else ()


def _kept(targets: Sequence[Target]) -> Path | None:
    """Where findings are kept: for a text or two it takes longer to look there than to check."""
    return kept_findings() if len(targets) > _FEW else None
