"""A better transcription takes the place of a base text, or the base text that holds is affirmed anew.

Invariant: the decisions stay as they were written; one commit has the new text, the record that says where each of
them stands in it, and the working text that follows. What has no place there is kept and told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from obelos_transcripts.anchoring import Anchored
from obelos_transcripts.edition import Edition
from obelos_transcripts.errors import BadInput, Refused
from obelos_transcripts.text import decode, encode

from .attestation import BaseRecord
from .awareness import Awareness
from .carrying import Signer, base_record, carry
from .decision import Decision
from .facts import Reached, ignore
from .merge import locked
from .merging import Merged, bases_named, settle_document
from .proved import check_written
from .records import dump_record, gathered
from .repository import Person, Repository
from .stale import left_by_a_merge
from .states import Named, State, base_texts, read_states


@dataclass(frozen=True)
class NewBase:
    """What became of the standing decisions on a document.

    Attributes:
        held: How many stand where they stood.
        moved: How many stand elsewhere, on the same words.
        orphans: Those that have no place now.
        commit: The commit made; None where it was only asked.
    """

    held: int
    moved: int
    orphans: tuple[Decision, ...]
    commit: str | None


def put_base(
    edition: Edition,
    repository: Repository,
    name: str,
    data: bytes | None,
    person: Person,
    now: datetime,
    *,
    note: str,
    source: str = "",
    dry_run: bool = False,
    reached: Reached = ignore,
) -> NewBase:
    """Put another base text in place, or affirm the one there is (``data`` None), and commit that.

    Raises:
        Refused: The state of the repository forbids it; nothing was changed.
        BadInput: It is no text, or no reason was given.
    """
    if not note.strip():
        raise BadInput.at("base", None, "say why with --note: the record of a base text is read in ten years")
    document = edition.document(name)
    with locked(repository, [name]):
        state, head = _committed(edition, repository, name)
        old = state.side
        fresh_bytes = data if data is not None else state.data[state.base_path or ""]
        fresh, fresh_id = decode(fresh_bytes, document.base), repository.blob_id(fresh_bytes)
        if data is not None and fresh_id == old.base_id and bases_named(state.records) <= {fresh_id}:
            raise Refused(
                f"this is the base text of {name} already, byte for byte. Nothing was changed. To record it anew, "
                f"after the last commit: obelos base {name} --reaffirm"
            )
        texts = {**base_texts(repository, state), old.base_id: old.base, fresh_id: fresh}
        signer = Signer(str(person), now, head)
        carried = carry(state.records, texts, fresh, fresh_id)
        replaced = old.base_id if old.base_id != fresh_id else None
        record = base_record(
            name, state.records, fresh_id, carried, signer, note=note, source=source, replaces=replaced
        )
        records = gathered((*state.records.all, record))
        awareness = Awareness(repository, (head,), state.named.folders[1])
        merged = settle_document(name, fresh, fresh_id, records, texts, signer, awareness.unaware)
        outcome = _outcome(state, merged, carried)
        if dry_run:
            return outcome
        files = {f"{state.named.folders[1]}/{one.id}.yaml": dump_record(one) for one in (record, *merged.fresh)}
        text_path = state.text_path or f"{state.named.folders[0]}/text{document.base.suffix}"
        files |= {state.base_path or "": fresh_bytes, text_path: encode(merged.text)}
        changes: dict[str, bytes | None] = {path: new for path, new in files.items() if new != state.data.get(path)}
        made = repository.commit(
            changes,
            _message(name, record, outcome),
            reviewed={path: entry.id if (entry := state.files.get(path)) else None for path in changes},
            person=person,
            when=now,
            check=lambda written: check_written(name, state, merged, written),
            reached=reached,
        )
        return NewBase(outcome.held, outcome.moved, outcome.orphans, made)


def _committed(edition: Edition, repository: Repository, name: str) -> tuple[State, str]:
    """The document as it was committed last.

    Raises:
        Refused: It was not, or its working text was changed by hand.
    """
    head = repository.head().commit
    prefix = repository.prefix(edition.root)
    named = Named(f"{prefix}/" if prefix else "", name)
    state = read_states(repository, head, [named]).get(named) if head else None
    if head is None or state is None or state.base_path is None:
        raise Refused(f"{name} is in no commit yet. Nothing was changed. Commit it first, or add it: obelos add")
    if not state.holds and not left_by_a_merge(repository, state):
        raise Refused(
            f"the working text of {name} holds changes that no decision explains. Nothing was changed. Adopt or "
            f"restore them first: obelos adopt {name}, obelos restore {name}"
        )
    on_disk = {f"{named.folders[1]}/{path.name}" for path in edition.history(name).glob("*.yaml")}
    strays = sorted(on_disk ^ {path for path in state.files if PurePosixPath(path).suffix == ".yaml"})
    if strays:
        raise Refused(f"{strays[0]} on disk is not as in the last commit. Nothing was changed. See “git status”.")
    return state, head


def _outcome(state: State, merged: Merged, carried: Mapping[str, Anchored]) -> NewBase:
    standing = {d.id for d in state.records.standing}
    found = {d.id: d.place.span for d in merged.settled.decisions if d.id in standing}
    before = {d.id: d.place.span for d in state.records.decisions}
    held = sum(
        carried[ident].outcome == "held" if ident in carried else before[ident] == span for ident, span in found.items()
    )
    return NewBase(held, len(found) - held, merged.settled.orphans, None)


def _message(name: str, record: BaseRecord, outcome: NewBase) -> str:
    counts = [f"{outcome.held} decisions held", f"{outcome.moved} moved", f"{len(outcome.orphans)} without a place"]
    what = f"a better base text ({', '.join(counts)})" if record.replaces else "the base text affirmed"
    source = f"\nSource: {record.source}" if record.source else ""
    return f"{name}: {what}\n\n{record.note}{source}\n\nObelos-Base: {record.id}\n"
