"""What somebody changed in a working text by hand, without a decision: taken up as decisions, or put back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from obelos_transcripts.errors import Refused
from obelos_transcripts.text import decode, encode
from obelos_transcripts.variants import variants

from .decision import Decision
from .document_history import DocumentHistory
from .files import atomic_write
from .message import commit_message
from .placing import Judgement, new_id, placed
from .repository import Person


def adopt(
    history: DocumentHistory, judgement: Judgement, person: Person, now: datetime
) -> tuple[tuple[Decision, ...], str | None]:
    """Make decisions of the words that somebody changed by hand, one for each place, and commit them.

    Pending decisions stay pending. The decisions, and the id of the commit; none and None if nothing differs.

    Raises:
        BadInput, Refused: A place cannot be told from a decision's; nothing was taken.
    """
    history.must_be_writer()
    on_disk = history.text_on_disk()
    if on_disk is None:
        return (), None
    by_hand = decode(on_disk, history.document.working)
    committed = history.replay(history.committed)
    taken: list[Decision] = []
    # From the end, so that the places still to come do not move.
    for change in reversed(variants(committed.text, by_hand)):
        reading = by_hand[change.right.start : change.right.end]
        ground = history.ground((*history.committed, *taken))
        decision = placed(ground, change.left, replace(judgement, reading=reading), str(person), now)
        taken.append(decision)
    if not taken:
        return (), None
    history.replay([*history.decisions, *taken])
    if history.replay([*history.committed, *taken]).text != by_hand:
        raise Refused("these changes cannot be told apart as decisions; nothing was taken")
    for decision in taken:
        history.take_as_it_is(decision)
    return tuple(reversed(taken)), history.commit_records(taken, commit_message(history.name, taken), person, now)


def restore(history: DocumentHistory, person: Person, now: datetime) -> tuple[Path | None, str | None]:
    """Put back the working text that the committed decisions make. What stood there is kept aside.

    The place where it is kept, None if nothing differed; and the id of the commit, None if none was needed.

    Raises:
        Refused: The state of the repository forbids it.
    """
    history.must_be_writer()
    repository, document = history.repository, history.document
    text = encode(history.replay(history.committed).text)
    on_disk = history.text_on_disk()
    aside = None
    if on_disk is not None and on_disk != text:
        aside = repository.own / "set-aside" / f"{history.name}-{new_id(now, ())}{document.working.suffix}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(aside, on_disk)
    head = repository.head().commit
    working = repository.prefix(document.working)
    before = repository.tree(head, repository.prefix(document.folder)).get(working) if head else None
    if before is None or before == repository.blob_id(text):
        atomic_write(document.working, text)
        return aside, None
    atomic_write(document.working, repository.blobs([before])[before])
    message = f"{history.name}: put back what base text and decisions make\n"
    made = repository.commit({working: text}, message, reviewed={working: before}, person=person, when=now)
    return aside, made
