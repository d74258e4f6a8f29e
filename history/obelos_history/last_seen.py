"""Which commits were seen last, remembered outside the repository: a history that was rewritten since is noticed.

For each repository of this machine the branch at hand and what was fetched last. A commit that is in no history any
more is told again and again, until a person says that they know.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from obelos_transcripts import Refused

from .own_file import own_name, read_own, write_own
from .repository import Repository


@dataclass(frozen=True)
class Rewritten:
    """A branch that has lost a commit which it had.

    Attributes:
        ref: The branch in full.
        commit: The last commit that was seen on it.
        when: When that was, in ISO 8601.
    """

    ref: str
    commit: str
    when: str


@dataclass
class Seen:
    """What was seen last.

    Attributes:
        rewritten: Branches that were rewritten since.
        accepted: Commits that a person said may be missing.
        lost: Something was remembered that cannot be read any more.
    """

    repository: Repository
    rewritten: tuple[Rewritten, ...] = ()
    accepted: frozenset[str] = frozenset()
    lost: bool = False
    _seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    _now: dict[str, str] = field(default_factory=dict)

    def remember(self, now: datetime, accept: frozenset[str] | None = None) -> None:
        """Remember what is there now; branches that were rewritten stay as they were seen before.

        Args:
            now: When it is seen.
            accept: Commits that may be missing from now on; with these the rewritten branches are taken as they are.

        Raises:
            Refused: It cannot be written down.
        """
        stays = set() if accept is not None else {one.ref for one in self.rewritten}
        when = now.isoformat(timespec="seconds")
        fresh = {ref: (commit, when) for ref, commit in self._now.items() if ref not in stays}
        self._seen |= {ref: seen for ref, seen in fresh.items() if self._seen.get(ref, ("", ""))[0] != seen[0]}
        self.accepted |= accept or frozenset()
        _write(self.repository, {"seen": self._seen, "accepted": sorted(self.accepted)})


def last_seen(repository: Repository) -> Seen:
    """What was seen of a repository, and what has gone since. One git process for each branch that moved."""
    file = _file(repository)
    facts = read_own(file)
    now = {ref: commit for ref, commit in repository.tips().items() if not ref.endswith("/HEAD")}
    if facts is None:
        return Seen(repository, lost=file.exists(), _now=now)
    seen = {str(ref): (str(commit), str(when)) for ref, (commit, when) in facts["seen"].items()}
    gone = [
        Rewritten(ref, commit, when)
        for ref, (commit, when) in sorted(seen.items())
        if ref in now and now[ref] != commit and not repository.is_ancestor(commit, now[ref])
    ]
    return Seen(repository, tuple(gone), frozenset(facts["accepted"]), False, seen, now)


def seen_at(repository: Repository, ref: str) -> str | None:
    """The commit that was seen last on a branch; None where nothing is remembered. No git."""
    facts = read_own(_file(repository))
    return str(facts["seen"][ref][0]) if facts and ref in facts["seen"] else None


def remember_at(repository: Repository, ref: str, commit: str, now: datetime) -> None:
    """Remember what is seen on one branch, also where that was rewritten: a person said so.

    Raises:
        Refused: It cannot be written down.
    """
    facts = read_own(_file(repository)) or {"seen": {}, "accepted": []}
    if facts["seen"].get(ref, ("",))[0] != commit:
        seen = facts["seen"] | {ref: (commit, now.isoformat(timespec="seconds"))}
        _write(repository, {"seen": seen, "accepted": facts["accepted"]})


def accepted_in(repository: Repository) -> frozenset[str]:
    """Commits of which a person said that they may be missing. No git."""
    facts = read_own(_file(repository))
    return frozenset(facts["accepted"]) if facts else frozenset()


def _write(repository: Repository, facts: dict[str, Any]) -> None:
    try:
        write_own(_file(repository), {"place": str(repository.place), **facts})
    except OSError as error:
        raise Refused(
            f"What was seen of the history could not be remembered in {_file(repository).parent}: {error.strerror}. So "
            "a history that is rewritten later would not be noticed here. Make room, or let the folder be written to."
        ) from error


def _file(repository: Repository) -> Path:
    from platformdirs import user_data_path

    return user_data_path("obelos") / "seen" / own_name(str(repository.place))
