"""Verification: base text + decisions = text, byte for byte, in every commit of a document and on disk.

What does not follow from the decisions is named word by word, with the commit and the person that brought it in.
Records that were changed or taken away after they were made are named too: replay cannot notice an edited note.
"""

import time
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from obelos_transcripts.edition import Edition
from obelos_transcripts.errors import Refused

from .carried import Carried
from .course import Layout
from .folded import Folded
from .kept import Kept, entry, kept_in
from .on_disk import Look, Lying, look, on_disk
from .repository import Repository
from .signatures import Signature
from .verdict import Tampering, Unexplained, Verdict

# Documents whose records are read together.
_AT_ONCE = 200


class Verification:
    """One run over some documents, or all: iterate over it once, for the verdicts.

    Attributes:
        names: The documents that are there, in the order of their verdicts.
        unsound: What is wrong with the objects of the repository.
        lost: Commits that records were made after, and that the history does not hold.
    """

    def __init__(
        self,
        edition: Edition,
        repository: Repository,
        names: Iterable[str] = (),
        *,
        keep: Path | None = None,
        full: bool = False,
        accepted: Collection[str] | None = (),
    ) -> None:
        """Begin.

        Args:
            edition: The edition.
            repository: Its repository.
            names: Documents; none: all, and those that are no longer there.
            keep: Folder in which outcomes are kept; None to keep none.
            full: Take nothing over.
            accepted: Commits of which a person said that they may be missing; None: all may.

        Raises:
            Refused: The history is cut off (a shallow clone), so that nothing can be said of it.
            BadInput: There is no such document.
        """
        if repository.is_shallow:
            raise Refused(
                "this clone has only the end of the history, so nothing can be proved. "
                "Fetch the rest: git fetch --unshallow (in continuous integration: fetch-depth: 0)"
            )
        asked = list(dict.fromkeys(names))
        self.names = [edition.document(name).name for name in asked] or edition.names()
        self._edition = edition
        self._repository = repository
        self._accepted = accepted
        kept = kept_in(keep, repository.place, edition.root)
        self._kept = Kept(kept.file, kept.place) if full else kept
        self._before = self._kept.when
        self._looked = time.time_ns()
        self._changed = False
        self.lost: set[str] = set()
        self.unsound = tuple(repository.unsound(self._kept.looked))
        self._whole = not asked
        self._carried = Carried(repository, Layout.of(edition, repository), self._kept, self.names, self._whole)
        self._brought: dict[str, None] = {}

    @property
    def taken_over(self) -> int:
        """How many verdicts rest on an earlier run, as far as they come from commits."""
        return len(self._carried.taken_over)

    @property
    def since(self) -> str:
        """When the verdicts taken over were found, in ISO 8601; "" where there are none."""
        return self._before if self.taken_over else ""

    def __iter__(self) -> Iterator[Verdict]:
        try:
            for start in range(0, len(self.names), _AT_ONCE):
                yield from self._verdicts(self.names[start : start + _AT_ONCE])
            if self._whole:
                yield from self._gone()
                self._changed = self._changed or self._kept.whole != self._carried.tip
                self._kept.whole = self._carried.tip
        finally:
            self._keep()

    def signatures(self) -> list[Signature]:
        """Who signed the commits that brought the records; to be asked after the verdicts."""
        known = self._kept.signatures
        fresh = {one.commit: one for one in self._repository.signatures(c for c in self._brought if c not in known)}
        good = {one.commit: (one.status, one.signer) for one in fresh.values() if one.good}
        if good:
            self._kept.signatures = known | good
            self._changed = True
            self._keep()
        return [fresh.get(commit) or Signature(commit, *known[commit]) for commit in self._brought]

    def _verdicts(self, names: list[str]) -> Iterator[Verdict]:
        folded = self._carried.fold(names)
        lost = self._lost(folded)
        self.lost |= lost
        for name in names:
            yield self._verdict(folded[name], [ident for ident in folded[name].open.after if ident[0] in lost])

    def _lost(self, folded: dict[str, Folded]) -> set[str]:
        """Commits that records were made after and that are in the history no more."""
        asked = []
        for name, one in folded.items():
            # What was in the history of the commit verified last is in that of its descendant.
            kept = self._kept.documents.get(name, {}) if name in self._carried.taken_over else {}
            asked += [after for after, _ in one.open.after if after in kept.get("lost", (after,))]
        return self._repository.missing(asked) if self._carried.tip else set()

    def _verdict(self, folded: Folded, lost: list[tuple[str, str]]) -> Verdict:
        name = folded.name
        lies, seen = self._lie(folded)
        words, others = folded.wrongs()
        told = set(folded.node.wrong)
        for what, line in lies.wrong.items():
            if what in told:
                continue
            if isinstance(what, str):
                others.append(Tampering(what, None))
            else:
                words.append(Unexplained(line, what.expected, what.found, None))
        others += [
            Tampering(_rewritten(ident, commit), None, self._accepted is None or commit in self._accepted)
            for commit, ident in lost
        ]
        self._brought |= dict.fromkeys(folded.brought)
        self._note(folded, seen, [commit for commit, _ in lost])
        return Verdict(
            document=name,
            base_id=lies.base,
            text_id=lies.text or self._repository.blob_id(b""),
            decisions=folded.open.decisions,
            commits=folded.commits,
            unexplained=tuple(sorted(words, key=lambda one: one.gone is not None)),
            tampering=tuple(others),
            orphans=folded.open.orphans,
            queries=folded.open.queries,
        )

    def _lie(self, folded: Folded) -> tuple[Lying, Look | None]:
        """A document as it lies on disk; how it was found to lie, where all is well."""
        name, node = folded.name, folded.node
        now = look(self._edition, name)
        kept = self._kept.documents.get(name, {}) if name in self._carried.taken_over else {}
        if kept.get("look") == now.digest:
            layout = self._carried.layout
            return Lying(
                layout.first(node.tree, layout.bases(name)), layout.first(node.tree, layout.texts(name)), {}
            ), now
        judge = self._carried.judge(name)
        lies = on_disk(self._edition, self._repository, name, judge, self._carried.objects, node.tree, node.base)
        return lies, now if not lies.wrong and now.telling else None

    def _note(self, folded: Folded, seen: Look | None, lost: list[str]) -> None:
        digest = seen.digest if seen else None
        kept = self._kept.documents.get(folded.name)
        taken_over = kept is not None and folded.name in self._carried.taken_over
        if kept is not None and taken_over and kept["look"] == digest and kept["lost"] == lost:
            if kept["tip"] != self._carried.tip:
                kept["tip"] = self._carried.tip
                self._changed = True
            return
        self._kept.documents[folded.name] = entry(folded, self._carried.tip, digest) | {"lost": lost}
        self._changed = True

    def _gone(self) -> Iterator[Verdict]:
        """Documents that were in the edition once and are no longer, each as a failed verdict."""
        names = self._carried.gone(self.names)
        for start in range(0, len(names), _AT_ONCE):
            for folded in self._carried.fold(names[start : start + _AT_ONCE]).values():
                self._note(folded, None, [])
                if folded.was_there:
                    what = "the document was in the edition and is no longer"
                    yield Verdict(folded.name, "", "", 0, 0, (), (Tampering(what, folded.last),))

    def _keep(self) -> None:
        if self._changed and self._carried.tip:
            self._kept.when = datetime.now(UTC).isoformat(timespec="seconds")
            # What is unsound is looked at again the next time.
            self._kept.looked = 0 if self.unsound else self._looked
            self._kept.write()
            self._changed = False


def _rewritten(ident: str, commit: str) -> str:
    return (
        f"record {ident} was made after commit {commit[:10]}, which this history does not hold: it was rewritten since "
        "(a rebase, an amended commit, a forced push). Hold it against another clone. If it was meant, say so: "
        "obelos verify --accept-history"
    )


def verify(
    edition: Edition,
    repository: Repository,
    name: str,
    *,
    keep: Path | None = None,
    accepted: Collection[str] | None = (),
) -> Verdict:
    """Verify one document through all its commits, and its files on disk; arguments as for `Verification`.

    Raises:
        Refused, BadInput: As for `Verification`.
    """
    (verdict,) = Verification(edition, repository, (name,), keep=keep, accepted=accepted)
    return verdict
