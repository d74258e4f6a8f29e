"""A verdict in words and as data: what was proved, or which words nobody accounts for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from obelos_history import Commit, Rewritten, Signature, Unexplained, Verdict
from obelos_transcripts import visible

_SHOWN = 20


@dataclass(frozen=True)
class Whole:
    """The outcome for an edition.

    Attributes:
        asked: How many documents were asked for.
        taken_over: How many verdicts rest on an earlier run; ``since``: when that was, in ISO 8601.
        unsound: What is wrong with the objects of the repository.
        rewritten: Branches that lost commits that were seen on them.
        forgotten: What was seen before cannot be read any more.
        signatures: Who signed the commits that brought records; ``required``: whether all must be.
    """

    verdicts: tuple[Verdict, ...]
    asked: int
    taken_over: int
    since: str
    unsound: tuple[str, ...]
    rewritten: tuple[Rewritten, ...]
    forgotten: bool
    signatures: tuple[Signature, ...]
    required: bool
    stopped: bool

    @property
    def holds(self) -> bool:
        """Whether everything holds."""
        signed = not self.required or all(one.good for one in self.signatures)
        return all(v.holds for v in self.verdicts) and not self.unsound and not self.rewritten and signed


def told_of(whole: Whole) -> Iterator[str]:
    """What is to be said of the edition, after its documents."""
    for what in whole.unsound:
        yield f"✗ {visible(what)}. See “git fsck”; fetch it again from another clone"
    for one in whole.rewritten:
        branch = visible(one.ref.removeprefix("refs/heads/").removeprefix("refs/"))
        yield (
            f"✗ the history of {branch} was rewritten since it was verified here on {one.when[:10]}: commit "
            f"{one.commit[:10]} is in it no more. Hold it against another clone. If it was meant, say so: "
            "obelos verify --accept-history"
        )
    if whole.forgotten:
        yield "Which commits were verified last could not be read any more; it is remembered anew from here on."
    yield from _signed(whole)
    if not whole.verdicts and not whole.asked:
        yield "The edition holds no document yet."
        return
    failed = sum(not v.holds for v in whole.verdicts)
    what = f"{count(failed, 'document')} of {len(whole.verdicts)} failed" if failed else "the proof holds for "
    what += "" if failed else count(len(whole.verdicts), "document")
    queries, orphans = sum(len(v.queries) for v in whole.verdicts), sum(len(v.orphans) for v in whole.verdicts)
    what += f"; open: {_open(queries, orphans)}" if queries or orphans else ""
    yield what[0].upper() + what[1:] + "."
    if whole.taken_over:
        yield (
            f"What no commit has touched since {whole.since[:16].replace('T', ' ')} UTC was taken over from then "
            f"({count(whole.taken_over, 'document')}); “obelos verify --full” takes nothing over."
        )
    elif not whole.stopped:
        yield "Everything was verified from the first commit on."


def _signed(whole: Whole) -> Iterator[str]:
    if not whole.signatures:
        return
    many = Counter(one.words for one in whole.signatures)
    yield f"Signatures of the {count(len(whole.signatures), 'commit')} that brought records:"
    for words, number in many.most_common():
        yield f"  {number} {visible(words)}"
    bad = [one for one in whole.signatures if not one.good]
    if bad and whole.required:
        yield "✗ the edition's policy requires good signatures; these commits have none:"
        for one in bad[:_SHOWN]:
            yield f"  {one.commit[:10]} {visible(one.words)}"
        if len(bad) > _SHOWN:
            yield f"  … and {len(bad) - _SHOWN} more"


def whole_as_data(whole: Whole) -> dict[str, Any]:
    """What is said of the edition, for JSON: a row without a document."""
    return {
        "document": None,
        "holds": whole.holds,
        "complete": not whole.stopped,
        "taken_over": whole.taken_over,
        "since": whole.since or None,
        "unsound": list(whole.unsound),
        "rewritten": [asdict(one) for one in whole.rewritten],
        "signatures": [asdict(one) | {"good": one.good} for one in whole.signatures],
    }


def as_data(v: Verdict) -> dict[str, Any]:
    """The verdict on one document, for JSON."""
    return {
        "document": v.document,
        "holds": v.holds,
        "base": v.base_id,
        "text": v.text_id,
        "decisions": v.decisions,
        "commits": v.commits,
        "unexplained": [
            {
                "line": c.line,
                "expected": c.expected,
                "found": c.found,
                "commit": c.commit.id if c.commit else None,
                "person": str(c.commit.person) if c.commit else None,
                "gone": c.gone.id if c.gone else None,
            }
            for c in v.unexplained
        ],
        "tampering": [
            {"what": t.what, "commit": t.commit.id if t.commit else None, "settled": t.settled} for t in v.tampering
        ],
        "orphans": list(v.orphans),
        "queries": list(v.queries),
    }


def told(verdict: Verdict) -> Iterator[str]:
    """The verdict on one document, line by line."""
    standing = [change for change in verdict.unexplained if not change.gone]
    settled = [change for change in verdict.unexplained if change.gone]
    if verdict.holds:
        yield (
            f"✓ {verdict.document}: base text + {count(verdict.decisions, 'decision')} = working text, "
            f"byte for byte ({count(verdict.commits, 'commit')})"
        )
    else:
        what = count(len(standing), "change") + " without a decision" if standing else "its records were tampered with"
        yield f"✗ {verdict.document}: {what}"
    for change in standing:
        yield f"  line {change.line}: {_words(change)}, {_whence(change.commit)}"
    for wrong in verdict.tampering:
        past = "in the past: " if wrong.settled else ""
        yield f"  {past}{visible(wrong.what)}{', ' + _whence(wrong.commit) if wrong.commit else ''}"
    for change in settled:
        gone = change.gone.id[:10] if change.gone else ""
        yield f"  in the past, line {change.line}: {_words(change)}, {_whence(change.commit)}; settled in {gone}"
    if verdict.queries or verdict.orphans:
        yield f"  open: {_open(len(verdict.queries), len(verdict.orphans))}"
    if standing:
        yield (
            f"  What to do: “obelos adopt {verdict.document} --as correct --note …” makes decisions of these changes; "
            f"“obelos restore {verdict.document}” puts the text back."
        )
    if verdict.base_id:
        yield f"  base text {verdict.base_id}"
        yield f"  text      {verdict.text_id}"


def _open(queries: int, orphans: int) -> str:
    lost = "1 decision has lost its place" if orphans == 1 else f"{orphans} decisions have lost their place"
    asked = "1 query" if queries == 1 else f"{queries} queries"
    return ", ".join(([asked] if queries else []) + ([lost] if orphans else []))


def _words(change: Unexplained) -> str:
    change = replace(change, expected=visible(change.expected), found=visible(change.found))
    if not change.expected:
        return f"“{change.found}” was put in"
    if not change.found:
        return f"“{change.expected}” was taken out"
    return f"“{change.found}” stands where “{change.expected}” should"


def _whence(commit: Commit | None) -> str:
    if commit is None:
        return "on disk, not committed"
    person, subject = visible(str(commit.person)), visible(commit.subject)
    return f"changed in {commit.id[:10]} by {person} on {commit.when:%Y-%m-%d} (“{subject}”)"


def count(number: int, what: str) -> str:
    """So many of something, in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"
