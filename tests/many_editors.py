"""Many editors, each with a clone, who decide on words of one text and share them one after another."""

from dataclasses import dataclass

from clones import Clone, clone_of
from obelos_history import Decision, DocumentHistory, Judgement
from obelos_history.placing import placed
from obelos_transcripts import Span
from obelos_tui.clock import now


@dataclass(frozen=True)
class Shared:
    """How it ended: records that arrived unaltered, questions that arose, whether all have the same text."""

    intact: int
    questions: int
    same_text: bool


def share(first: Clone, *, editors: int, records: int) -> Shared:
    """Each editor corrects words of their own, commits them together, and syncs; then everybody syncs once more."""
    hub = Clone(first.root.parent / "hub.git", first.person)
    clones = [first, *(clone_of(hub, f"e{n}") for n in range(1, editors))]
    made: dict[str, bytes] = {}
    for number, clone in enumerate(clones):
        ids = _decide(clone, range(number, editors * records, editors))
        made |= {ident: _record(clone, ident) for ident in ids}
    for clone in clones:
        clone.syncs()
    for clone in clones:
        clone.syncs()
    intact = sum(all(_record(c, ident) == data for c in clones) for ident, data in made.items())
    before = {path.stem for path in (first.root / "history/letter").glob("*.yaml")}
    return Shared(intact, len(before) - len(made) - 1, len({clone.text() for clone in clones}) == 1)


def _record(clone: Clone, ident: str) -> bytes:
    path = clone.root / f"history/letter/{ident}.yaml"
    return path.read_bytes() if path.exists() else b""


def _decide(clone: Clone, words: range) -> list[str]:
    history = DocumentHistory(clone.edition, clone.repository(), "letter")
    history.open_for_deciding()
    try:
        taken: list[Decision] = []
        for number in words:
            start = history.base.index(f"word{number} ")
            span = history.replay(taken).to_working(Span(start, start + len(f"word{number}")))
            judgement = Judgement("correct", f"reading of {clone.person.name} {number}")
            taken.append(placed(history.ground(tuple(taken)), span, judgement, str(clone.person), now()))
        history.commit_records(taken, "letter: many words\n", clone.person, now())
    finally:
        history.close()
    return [decision.id for decision in taken]
