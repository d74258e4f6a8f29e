"""What a plain `git merge` left, put in order: contradictions as questions, the working text made anew, decisions on an
old base text carried to the new. One ordinary commit.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from obelos_transcripts.edition import Edition
from obelos_transcripts.errors import Refused
from obelos_transcripts.text import encode

from .awareness import Awareness
from .carrying import Signer
from .facts import Changes, Reached, ignore
from .files import atomic_write
from .merge import DocumentMerged, Outcome, locked, told_questions
from .merging import Merged, bases_named, settle_document
from .placing import new_id
from .proved import check_written
from .records import dump_record
from .repository import Person, Repository
from .stale import left_by_a_merge
from .states import Named, State, base_texts, read_states


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
    signer = Signer(str(person), now, head)
    settled: list[tuple[State, Merged]] = []
    notices: list[str] = []
    for state in (states[named] for named in sorted(states)):
        if state.base_path is None:
            continue
        merged = _settled(repository, state, signer, notices)
        if merged:
            settled.append((state, merged))
    documents = tuple(
        DocumentMerged(s.named.name, "settled", 0, m.questions, m.settled.orphans, moot=m.moot) for s, m in settled
    )
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


def _settled(repository: Repository, state: State, signer: Signer, notices: list[str]) -> Merged | None:
    """What is to become of a document; None where it is in order, or a person must look first."""
    side, name = state.side, state.named.name
    names = bases_named(state.records)
    if names and side.base_id not in names:
        notices.append(
            f"{name}: its base text is none of those on record; git may have merged two of them as text. Nothing was "
            f"done about it. Put the one in place that is to hold: obelos base {name} FILE --note …"
        )
        return None
    texts, awareness = base_texts(repository, state), Awareness(repository, (state.commit,), state.named.folders[1])
    merged = settle_document(name, side.base, side.base_id, state.records, texts, signer, awareness.unaware)
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
    files = {f"{history}/{one.id}.yaml": dump_record(one) for one in merged.fresh}
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


def _message(documents: tuple[DocumentMerged, ...]) -> str:
    questions = [query for one in documents for query in one.questions]
    names = ", ".join(one.name for one in documents[:3]) + (" …" if len(documents) > 3 else "")
    lines = [f"Settle what a merge left: {names}", ""]
    for one in documents:
        lines.append(f"- {one.name}: the working text is base text + decisions again")
        lines += told_questions(one)
    if questions:
        lines.append("")
        lines += [line for q in questions for line in (f"Obelos-Decision: {q.id}", "Disposition: query")]
    return "\n".join(lines) + "\n"
