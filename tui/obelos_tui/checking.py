"""The one place where texts meet rules: targets in, findings out, in the order of the targets.

One text is held at a time, however many there are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_rules import Checker, Finding, Level, Rule
from obelos_transcripts import BadInput, Lines
from obelos_transcripts.details import Details, read_details

from .targets import Target


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
    rules: Sequence[Rule],
    level: Level,
    *,
    insertions: bool = False,
    begun: Callable[[Target], None] = lambda target: None,
) -> Iterator[Checked]:
    """What the rules say of each target, in order; a target that cannot be checked says why and stops no other.

    A document with decisions is checked at every level: whether a decision still matches anything cannot be told
    otherwise. Who asked for less leaves the weaker findings out.

    Args:
        begun: Told of each target before it is read.
    """
    usual, thorough = None, None
    for target in targets:
        begun(target)
        try:
            text = target.read()
            details = read_details(target.document) if target.document else Details()
        except BadInput as error:
            yield Checked(target, problem=error)
            continue
        if target.history and level != "possible":
            checker = thorough = thorough or Checker(rules, "possible", insertions=insertions)
        else:
            checker = usual = usual or Checker(rules, level, insertions=insertions)
        name = target.document.name if target.document else target.name
        yield Checked(target, checker.findings(text, name, details), text)
