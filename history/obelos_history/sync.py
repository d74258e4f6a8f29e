"""Fetch, merge, push: each step told, safe to repeat, nothing forced, no decision lost on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from obelos_transcripts import Refused
from obelos_transcripts.edition import Edition

from .last_seen import remember_at, seen_at
from .merge import Outcome, merge
from .merging import Choice
from .remotes import Line, Remote
from .repository import Person, Repository
from .settling import settle_here

_ATTEMPTS = 5


@dataclass(frozen=True)
class Wanted:
    """How to sync.

    Attributes:
        remote: Its name; None for the branch's own.
        choice: Whose base text holds where both have put another one in place.
        rewritten: Merge although the history there was rewritten.
        timeout: Seconds that a step over the network may take.
        terminal: ssh may ask its questions at the terminal.
        stop: Asked while something goes over the network whether to give up.
    """

    remote: str | None = None
    choice: Choice | None = None
    rewritten: bool = False
    timeout: float = 300
    terminal: bool = False
    stop: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Step:
    """One step, as it is told: a sentence, and what a merge did."""

    said: str
    outcome: Outcome | None = None


def sync(
    edition: Edition,
    repository: Repository,
    person: Person,
    clock: Callable[[], datetime],
    wanted: Wanted,
    tell: Callable[[Step], None],
) -> bool:
    """Share the branch that is checked out with the others, and theirs with us. Whether anything was exchanged.

    Raises:
        Refused: A step cannot be made; those before it stand, and it can be said again.
    """
    head = repository.head()
    remote = repository.remote(head.ref, wanted.remote)
    line = Line(wanted.timeout, wanted.stop, wanted.terminal)
    exchanged = False
    for _ in range(_ATTEMPTS):
        seen = seen_at(repository, remote.tracking) or repository.tracked(remote)
        tell(Step(f"Fetching from {remote.name} ({remote.url}) …"))
        repository.fetch(remote, line)
        theirs = repository.tracked(remote)
        if theirs:
            _look_for_rewriting(repository, remote, seen, theirs, wanted, tell)
            outcome = merge(repository, theirs, person, clock(), choice=wanted.choice, called=str(remote))
            exchanged |= outcome.kind != "nothing"
            tell(Step(_merged(outcome, remote), outcome))
            if any(one.unsettled for one in outcome.documents):
                settled = settle_here(edition, repository, person, clock())
                tell(Step("A merge without Obelos was settled.", settled))
            remember_at(repository, remote.tracking, theirs, clock())
        mine = repository.head().commit
        if mine is None or mine == theirs:
            tell(Step(f"{remote} and yours are the same." if mine else "There is nothing to share yet."))
            break
        if wanted.stop():
            raise Refused("Stopped before pushing. What was merged is safe here; say “obelos sync” again.")
        tell(Step(f"Pushing to {remote} …"))
        if repository.push(remote, mine, line) == "pushed":
            exchanged = True
            remember_at(repository, remote.tracking, mine, clock())
            tell(Step(f"{remote} has your commits now."))
            break
        tell(Step("Somebody pushed meanwhile. Nothing is lost; fetching and merging again."))
    else:
        raise Refused(
            f"Others kept pushing to {remote} while we merged, {_ATTEMPTS} times. What was merged is safe here. "
            "Say “obelos sync” again in a moment."
        )
    if not remote.is_upstream:
        repository.set_upstream(remote, head.ref)
        tell(Step(f"From now on this branch is shared through {remote}."))
    return exchanged


def _merged(outcome: Outcome, remote: Remote) -> str:
    if outcome.kind == "nothing":
        return f"{remote} has nothing that is not here already."
    if outcome.kind == "forward":
        return f"Taken over from {remote}, as it is."
    return f"Merged {remote} in commit {(outcome.commit or '')[:10]}."


def _look_for_rewriting(
    repository: Repository, remote: Remote, seen: str | None, theirs: str, wanted: Wanted, tell: Callable[[Step], None]
) -> None:
    """Stop where what was last seen on the remote is no part of its history any more.

    Raises:
        Refused: It is not, and nobody said to go on.
    """
    if seen is None or repository.is_ancestor(seen, theirs):
        return
    warning = (
        f"WARNING: the history of {remote} was rewritten. It had {seen[:10]} when you last saw it, and does not hold "
        f"that commit any more; it ends in {theirs[:10]} now. What others decided may have been taken out. Compare: "
        f"git log --oneline --left-right {seen[:10]}...{theirs[:10]}, and "
        f"obelos diff DOC@{seen[:10]} DOC@{theirs[:10]}."
    )
    if not wanted.rewritten:
        raise Refused(
            f"{warning}\nNothing was merged. Ask who did it. If it is meant to be so: obelos sync --rewritten"
        )
    tell(Step(warning))
