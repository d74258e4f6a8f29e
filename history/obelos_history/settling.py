"""What a plain `git merge` left, put in order: contradictions as questions, the working text made anew, decisions on an
old base text carried to the new. One ordinary commit.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath

from obelos_transcripts.edition import HISTORY, Edition
from obelos_transcripts.errors import Refused
from obelos_transcripts.text import encode

from .carrying import Signer
from .conflicts import Sides
from .facts import Changes, Reached, ignore
from .files import atomic_write
from .merge import DocumentMerged, Outcome, locked
from .merging import Merged, bases_named, settle_document
from .placing import new_id
from .proved import check_written
from .records import dump
from .repository import Person, Repository
from .stale import left_by_a_merge
from .states import Named, State, base_texts, document_of, read_states

_LOOKED_AT = 50
"""How many merges are looked at for what their two sides knew, the newest first."""


def settle_here(
    edition: Edition,
    repository: Repository,
    person: Person,
    now: datetime,
    *,
    dry_run: bool = False,
    reached: Reached = ignore,
) -> Outcome:
    """Settle what merges without Obelos left in the branch that is checked out.

    Raises:
        Refused: The state of the repository forbids it; nothing was changed.
        BadInput: Records are wrong.
    """
    if taken_in := repository.under_way():
        raise Refused(
            "A merge of plain git is under way here. Stop it, and let Obelos merge, which knows how: "
            f"git merge --abort, then obelos merge {taken_in[:10]}. Nothing was changed."
        )
    head = repository.head().commit
    if head is None:
        return Outcome("nothing", None, None)
    prefix = repository.prefix(edition.root)
    root = f"{prefix}/" if prefix else ""
    states = read_states(repository, head, [Named(root, name) for name in edition.names()])
    knowledge = dict(_sides(repository, root))
    signer = Signer(str(person), now, head)
    settled: list[tuple[State, Merged]] = []
    notices: list[str] = []
    for named, state in sorted(states.items()):
        if state.base_path is None:
            continue
        merged = _settled(repository, state, signer, knowledge.get(named, []), notices)
        if merged:
            settled.append((state, merged))
    documents = tuple(DocumentMerged(s.named.name, "settled", 0, m.questions, m.settled.orphans) for s, m in settled)
    if not settled or dry_run:
        return Outcome("settled" if settled else "nothing", None, None, documents, (), tuple(notices))
    changes: dict[str, bytes | None] = {}
    reviewed: dict[str, str | None] = {}
    for state, merged in settled:
        for path, data in _files(state, merged).items():
            changes[path] = data
            reviewed[path] = entry.id if (entry := state.files.get(path)) else None
    with locked(repository, (one.name for one in documents)):
        notices += _set_aside(repository, [state for state, _ in settled], now)
        made = repository.commit(
            changes,
            _message(documents),
            reviewed=reviewed,
            person=person,
            when=now,
            check=lambda written: _check(settled, written),
            reached=reached,
        )
    return Outcome("settled", None, made, documents, (), tuple(notices))


def _check(settled: list[tuple[State, Merged]], written: Changes) -> None:
    for state, merged in settled:
        check_written(state.named.name, state, merged, written)


def _settled(
    repository: Repository, state: State, signer: Signer, sides: list[Sides], notices: list[str]
) -> Merged | None:
    """What is to become of a document; None where it is in order, or a person must look first."""
    side, name = state.side, state.named.name
    names = bases_named(state.records)
    if names and side.base_id not in names:
        notices.append(
            f"{name}: its base text is none of those on record; git may have merged two of them as text. Nothing was "
            f"done about it. Put the one in place that is to hold: obelos base {name} FILE --note …"
        )
        return None
    merged = settle_document(name, side.base, side.base_id, state.records, base_texts(repository, state), signer, sides)
    if not merged.fresh and state.holds:
        return None
    if not merged.fresh and not left_by_a_merge(repository, state):
        notices.append(
            f"{name}: its working text was changed by hand. Nothing was done about it: “obelos adopt {name}” makes "
            f"decisions of that, “obelos restore {name}” puts the text back."
        )
        return None
    return merged


def _files(state: State, merged: Merged) -> dict[str, bytes]:
    """What is to be written of a document."""
    folder, history = state.named.folders
    files = {f"{history}/{one.id}.yaml": dump(one) for one in merged.fresh}
    text = encode(merged.text)
    path = state.text_path or f"{folder}/text{PurePosixPath(state.base_path or '').suffix}"
    if text != state.text and (state.text is not None or merged.text != merged.base):
        files[path] = text
    return files


def _set_aside(repository: Repository, states: list[State], now: datetime) -> Iterator[str]:
    """Keep working texts that somebody may have written into by hand, before they are made anew; where they are."""
    for state in states:
        if not state.holds and state.text is not None and not left_by_a_merge(repository, state):
            suffix = PurePosixPath(state.text_path or "").suffix
            aside = repository.own / "set-aside" / f"{state.named.name}-{new_id(now, ())}{suffix}"
            aside.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(aside, state.text)
            yield f"{state.named.name}: the text that stood there is kept in {aside}"


def _sides(repository: Repository, root: str) -> Iterator[tuple[Named, list[Sides]]]:
    """For each document, what the sides of the last merges knew of it that touched it on both."""
    found: dict[Named, list[Sides]] = {}
    for _, parents in repository.plain_merges(f"{root}{HISTORY}")[:_LOOKED_AT]:
        ours, *others = parents
        for theirs in others:
            for named, pair in _pairs(repository, root, ours, theirs):
                found.setdefault(named, []).append(pair)
    yield from found.items()


def _pairs(repository: Repository, root: str, ours: str, theirs: str) -> Iterator[tuple[Named, Sides]]:
    base = repository.parting(ours, theirs)
    touched = [
        {named for one in repository.differing(base, side) if (named := document_of(one.path)) and named.root == root}
        for side in (ours, theirs)
    ]
    both = touched[0] & touched[1]
    if not both:
        return
    folders = [named.folders[1] for named in both]
    known = [_ids(repository.entries(side, folders)) for side in (ours, theirs)]
    for named in both:
        yield named, (known[0].get(named, frozenset()), known[1].get(named, frozenset()))


def _ids(paths: Iterable[str]) -> dict[Named, frozenset[str]]:
    found: dict[Named, set[str]] = {}
    for path in paths:
        named = document_of(path)
        if named:
            found.setdefault(named, set()).add(PurePosixPath(path).stem)
    return {named: frozenset(ids) for named, ids in found.items()}


def _message(documents: tuple[DocumentMerged, ...]) -> str:
    questions = [query for one in documents for query in one.questions]
    names = ", ".join(one.name for one in documents[:3]) + (" …" if len(documents) > 3 else "")
    lines = [f"Settle what a merge left: {names}", ""]
    for one in documents:
        lines.append(f"- {one.name}: the working text is base text + decisions again")
        lines += [f"  {query.summary()}: {query.note}" for query in one.questions]
    if questions:
        lines.append("")
        lines += [line for q in questions for line in (f"Obelos-Decision: {q.id}", "Disposition: query")]
    return "\n".join(lines) + "\n"
