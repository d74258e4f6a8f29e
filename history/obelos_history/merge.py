"""Taking in another branch: by decision, then by word, and the other files as git merges them.

Invariant: a merge is one commit of the protocol of commit.py, or nothing. No working text is ever merged as text, no
base text and no record altered; what cannot be merged is refused whole, with its name.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from obelos_transcripts.errors import Refused
from obelos_transcripts.text import encode
from obelos_transcripts.visible import visible

from .awareness import Awareness
from .branches import Differing
from .carrying import Signer
from .decision import Decision
from .facts import Changes, Joining, Reached, ignore
from .ledger import Lock
from .merging import Choice, Merged, Side, merge_document
from .proved import check_written
from .records import dump_record
from .repository import Person, Repository
from .settled import settle
from .stale import left_by_a_merge
from .states import Named, State, base_texts, document_of, documents_among, read_states
from .trees import FILE, PROGRAM, Entry


@dataclass(frozen=True)
class DocumentMerged:
    """What became of one document.

    Attributes:
        how: ``taken``: only the other side had changed it; ``merged``: both had; ``settled``: what an earlier merge
            without Obelos had left.
        decisions: How many decisions came in.
        questions: The questions that arose.
        moot: Questions of earlier merges that are none any more; one that is put anew is among them.
        orphans: Standing decisions that have lost their place.
        new_base: Its base text is another one now.
        notice: What else the editor should know; "" for nothing.
        unsettled: A merge without Obelos left it in disorder, and it came in so.
    """

    name: str
    how: Literal["taken", "merged", "settled"]
    decisions: int = 0
    questions: tuple[Decision, ...] = ()
    orphans: tuple[Decision, ...] = ()
    new_base: bool = False
    notice: str = ""
    unsettled: bool = False
    moot: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a merge did, or would do.

    Attributes:
        kind: ``nothing``: all of theirs was here; ``forward``: ours was part of theirs; ``merged``: a commit with two
            parents; ``settled``: an ordinary commit.
        theirs: Their commit.
        commit: The commit that the branch has now; None where nothing was done, or only asked about.
        documents: Documents that changed, by name.
        others: Other files that changed.
        notices: What else the editor should know.
    """

    kind: Literal["nothing", "forward", "merged", "settled"]
    theirs: str | None
    commit: str | None
    documents: tuple[DocumentMerged, ...] = ()
    others: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass
class Plan:
    """A merge worked out: entries that differ from ours, and the bytes of those that are new."""

    entries: dict[str, tuple[Entry | None, Entry | None]] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    documents: list[DocumentMerged] = field(default_factory=list)
    merged: dict[Named, tuple[State, Merged]] = field(default_factory=dict)


def merge(
    repository: Repository,
    revision: str,
    person: Person,
    now: datetime,
    *,
    choice: Choice | None = None,
    called: str | None = None,
    dry_run: bool = False,
    reached: Reached = ignore,
) -> Outcome:
    """Merge another branch into the one that is checked out.

    Args:
        repository: The repository.
        revision: The branch, or any commit.
        person: Who merges.
        now: When.
        choice: Whose base text holds where both sides have put another one in place.
        called: What to call the revision in the message of the commit.
        dry_run: Only say what would happen.
        reached: Told of each step of the commit.

    Raises:
        Refused: It cannot be merged now; nothing was changed.
        BadInput: The revision is not there, or records are wrong.
    """
    if taken_in := repository.under_way():
        raise Refused(
            "A merge of plain git is under way here. Stop it, and let Obelos merge, which knows how: "
            f"git merge --abort, then obelos merge {taken_in[:10]}. Nothing was changed."
        )
    head = repository.head()
    theirs = repository.resolve(revision)
    if head.commit and repository.is_ancestor(theirs, head.commit):
        return Outcome("nothing", theirs, None)
    base = repository.parting(head.commit, theirs) if head.commit else None
    if head.commit and base is None and repository.is_shallow:
        raise Refused(
            "this clone has only the end of the history, and where the two branches parted is not in it. Nothing was "
            "changed. Fetch the rest first: git fetch --unshallow"
        )
    if head.commit and base is None:
        raise Refused(
            f"{visible(revision)} and this branch have no commit in common: they are two editions. Nothing was "
            "changed. If they belong together, add their texts with “obelos add”."
        )
    forward = base == head.commit
    if forward or head.commit is None:
        plan = _forward(repository, head.commit, theirs)
    else:
        plan = _meet(repository, base or "", head.commit, theirs, choice, Signer(str(person), now, head.commit))
    documents = tuple(sorted(plan.documents, key=lambda one: one.name))
    others = tuple(sorted(path for path in plan.entries if not document_of(path)))
    kind: Literal["forward", "merged"] = "forward" if forward else "merged"
    outcome = Outcome(kind, theirs, None, documents, others)
    changes = _changes(repository, plan)
    if dry_run:
        return outcome
    reviewed = {path: old.id if old else None for path, (old, _) in plan.entries.items()}
    modes = {path: new.mode for path, (old, new) in plan.entries.items() if new and not old}
    joining = Joining(theirs, head.commit, forward, modes)
    with locked(repository, (one.name for one in documents)):
        made = repository.join(
            changes,
            message(called or revision, outcome),
            joining,
            reviewed=reviewed,
            person=person,
            when=now,
            check=lambda written: _check(plan, written),
            reached=reached,
        )
    return Outcome(kind, theirs, made, documents, others)


@contextmanager
def locked(repository: Repository, names: Iterable[str]) -> Iterator[None]:
    """Hold documents, so that nobody decides on them meanwhile.

    Raises:
        Refused: One is open in another Obelos.
    """
    with ExitStack() as stack:
        for name in sorted(set(names)):
            stack.enter_context(Lock(repository.own / "ledger", name))
        yield


def message(revision: str, outcome: Outcome) -> str:
    """Message of a merge: a subject that a person would write, a line for each document, trailers."""
    questions = [query for one in outcome.documents for query in one.questions]
    what = [_count(len(outcome.documents), "document")] if outcome.documents else []
    what += [_count(len(questions), "question")] if questions else []
    lines = [f"Merge {visible(revision)}" + (f": {', '.join(what)}" if what else ""), ""]
    for one in outcome.documents:
        new_base = ", a better base text" if one.new_base else ""
        lines.append(f"- {visible(one.name)}: {_count(one.decisions, 'decision')}{new_base}")
        lines += told_questions(one)
    lines += ["", f"Obelos-Merge: {outcome.theirs}"]
    lines += [line for query in questions for line in (f"Obelos-Decision: {query.id}", "Disposition: query")]
    return "\n".join(lines) + "\n"


def told_questions(one: DocumentMerged) -> Iterator[str]:
    """The questions of a document for the message of a commit: those that are none any more, and those that arose."""
    yield from (f"  no question any more: {visible(query.summary())} ({query.id})" for query in one.moot)
    yield from (f"  {visible(query.summary())}: {visible(query.note)}" for query in one.questions)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _forward(repository: Repository, ours: str | None, theirs: str) -> Plan:
    plan = Plan()
    found = repository.differing(ours, theirs)
    _take(repository, plan, found, documents_among(repository, [theirs], (one.path for one in found)), ours, theirs)
    plan.entries |= {one.path: (one.old, one.new) for one in found}
    return plan


def _meet(repository: Repository, base: str, ours: str, theirs: str, choice: Choice | None, signer: Signer) -> Plan:
    plan = Plan()
    here, there = repository.differing(base, ours), repository.differing(base, theirs)
    changed_here = documents_among(repository, [ours, theirs], (one.path for one in here))
    changed_there = documents_among(repository, [ours, theirs], (one.path for one in there))
    tree, unsettled = repository.merged_tree(ours, theirs)
    known = changed_here | changed_there
    foreign = [path for path in unsettled if document_of(path) not in known]
    if foreign:
        raise Refused(
            f"Both sides changed {', '.join(f'“{visible(path)}”' for path in foreign[:12])}"
            f"{f' and {len(foreign) - 12} more' if len(foreign) > 12 else ''}, which is neither a record nor a working "
            "text. Nothing was changed. Settle it with git first: take one side's (git checkout BRANCH -- FILE) and "
            "commit that, then come back."
        )
    for one in repository.differing(ours, tree):
        if document_of(one.path) not in known:
            plan.entries[one.path] = (one.old, one.new)
    only_there = changed_there - changed_here
    taken = [one for one in there if document_of(one.path) in only_there]
    _take(repository, plan, taken, only_there, ours, theirs)
    plan.entries |= {one.path: (one.old, one.new) for one in taken}
    both = changed_here & changed_there
    first = {one.path for one in (*here, *there) if one.old}
    mine, other = read_states(repository, ours, both), read_states(repository, theirs, both)
    for named in sorted(both):
        if named not in mine and named not in other:
            continue  # both sides took it away
        if not (named in mine and mine[named].base_path and named in other and other[named].base_path):
            raise Refused(
                f"{visible(named.name)} was taken away on one side and changed on the other. Nothing was changed. "
                "Put it back there, or take it away here too (git), then merge again."
            )
        _merge_one(repository, plan, mine[named], other[named], first, choice, signer)
    return plan


def _take(
    repository: Repository, plan: Plan, found: list[Differing], documents: set[Named], ours: str | None, theirs: str
) -> None:
    """See that documents which only the other side changed can be read, and note what comes in."""
    fresh: dict[Named, int] = {}
    bases: set[Named] = set()
    for one in found:
        named = document_of(one.path)
        if named in documents:
            record = one.path.startswith(f"{named.folders[1]}/")
            fresh[named] = fresh.get(named, 0) + (record and one.old is None)
            if not record and one.old and PurePosixPath(one.path).stem == "base":
                bases.add(named)
    states = read_states(repository, theirs, documents)
    for named in sorted(documents):
        state = states.get(named)
        unsettled = False
        notice = "" if state else "was taken away on the other side"
        if state and state.base_path and not state.holds:
            notice = "their working text is not what base text and decisions make; “obelos verify” lists the words"
            if left_by_a_merge(repository, state):
                notice = "a merge without Obelos left it unsettled; “obelos merge” settles it"
                unsettled = True
        orphans = _orphans(state.side) if state and state.base_path and state.holds else ()
        plan.documents.append(
            DocumentMerged(named.name, "taken", fresh.get(named, 0), (), orphans, named in bases, notice, unsettled)
        )


def _orphans(side: Side) -> tuple[Decision, ...]:
    return settle(side.base, side.base_id, side.records).orphans


def _merge_one(
    repository: Repository,
    plan: Plan,
    ours: State,
    theirs: State,
    first: set[str],
    choice: Choice | None,
    signer: Signer,
) -> None:
    """Merge a document that both sides changed."""
    named = ours.named
    for state, where in ((ours, "on this branch"), (theirs, f"in {theirs.commit[:10]}, on the other side")):
        if not state.holds and not left_by_a_merge(repository, state):
            raise Refused(
                f"{named.name}: the working text {where} holds changes that no decision explains. Nothing was merged. "
                f"Adopt or restore them first, there: “obelos adopt {named.name}” makes decisions of them, "
                f"“obelos restore {named.name}” puts the text back."
            )
    if ours.base_path != theirs.base_path:
        raise Refused(
            f"{named.name}: the two sides keep its base text under different names. Rename one with git first."
        )
    texts = base_texts(repository, ours, theirs)
    history = named.folders[1]
    awareness = Awareness(repository, (ours.commit, theirs.commit), history)
    merged = merge_document(named.name, ours.side, theirs.side, texts, signer, awareness.unaware, choice)
    plan.merged[named] = (ours, merged)
    missing = [f"{history}/{ident}.yaml" for ident in sorted(merged.records.ids)]
    missing = [path for path in missing if path in first and (path not in ours.files or path not in theirs.files)]
    for path, entry in theirs.files.items():
        if path.startswith(f"{history}/") and path not in ours.files:
            plan.entries[path] = (None, entry)
    for record in merged.fresh:
        _write(repository, plan, f"{history}/{record.id}.yaml", None, dump_record(record))
    base_path = ours.base_path or ""
    if merged.base_id != ours.side.base_id:
        plan.entries[base_path] = (ours.files[base_path], Entry(ours.files[base_path].mode, merged.base_id))
    text_path = ours.text_path or theirs.text_path
    text = encode(merged.text)
    if text_path or merged.text != merged.base:
        text_path = text_path or f"{named.folders[0]}/text{PurePosixPath(base_path).suffix}"
        if ours.text != text:
            _write(repository, plan, text_path, ours.files.get(text_path), text)
    kept = f"{len(missing)} of its records had been deleted on one side and are kept" if missing else ""
    plan.documents.append(
        DocumentMerged(
            named.name,
            "merged",
            len(frozenset(d.id for d in theirs.records.decisions) - ours.records.ids),
            merged.questions,
            merged.settled.orphans,
            merged.base_id != ours.side.base_id,
            kept,
            moot=merged.moot,
        )
    )


def _write(repository: Repository, plan: Plan, path: str, old: Entry | None, data: bytes) -> None:
    plan.entries[path] = (old, Entry(old.mode if old else FILE, repository.blob_id(data)))
    plan.made[path] = data


def _changes(repository: Repository, plan: Plan) -> dict[str, bytes | None]:
    """The bytes of everything that differs from ours.

    Raises:
        Refused: Among it is what Obelos does not write: a link, a submodule, another mode.
    """
    for path, (old, new) in plan.entries.items():
        for entry in (old, new):
            if entry and entry.mode not in (FILE, PROGRAM):
                what = {"120000": "a symbolic link", "160000": "a submodule"}.get(entry.mode, "no plain file")
                raise Refused(_by_git(path, f"is {what}"))
        if old and new and old.mode != new.mode:
            raise Refused(_by_git(path, "was made executable, or no longer is"))
    plan.entries = {path: (old, new) for path, (old, new) in plan.entries.items() if old != new}
    blobs = repository.blobs(new.id for path, (_, new) in plan.entries.items() if new and path not in plan.made)
    return {path: plan.made.get(path, blobs.get(new.id)) if new else None for path, (_, new) in plan.entries.items()}


def _by_git(path: str, what: str) -> str:
    return (
        f"“{visible(path)}” {what} on one side, and Obelos changes only the contents of plain files. Nothing was "
        "changed. Bring this one file to the same state on both sides with git and commit it, then merge again."
    )


def _check(plan: Plan, written: Changes) -> None:
    """See that each merged document, read back, is base text + records, before the merge is published."""
    for named, (ours, merged) in plan.merged.items():
        check_written(named.name, ours, merged, written)
