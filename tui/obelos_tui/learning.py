"""What an edition teaches: its documents are counted, and the answers of its editors to findings about pairs of words.

Only documents that have changed since are counted anew. The outcome depends on the edition's texts and decisions alone.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from obelos_history import Decision, effective, read_decisions
from obelos_rules.odds.learned import Pair, Text, count, from_bytes, text_sum, to_bytes
from obelos_rules.odds.places import doubts
from obelos_rules.odds.telling import Doubt
from obelos_rules.reading import read
from obelos_transcripts import BadInput, Edition, read_text

_LAYERS = ("body", "note")


@dataclass(frozen=True)
class Lesson:
    """What was done.

    Attributes:
        documents: How many documents the edition has, and ``counted`` how many of them were counted now.
        answers: Accepted and rejected, by the word found and the word suggested.
        damaged: Why what was kept before was not believed; "" if it was.
    """

    documents: int
    counted: int
    answers: dict[Pair, tuple[int, int]]
    damaged: str = ""


def learn(edition: Edition, file: Path, begun: Callable[[str], None] = lambda name: None) -> Lesson:
    """Count what is new in an edition and keep it in a file.

    Args:
        begun: Told of each document.

    Raises:
        BadInput: A text or a decision cannot be read; nothing is kept then.
    """
    before, damaged = _kept(file)
    texts: dict[str, Text] = {}
    answers: dict[Pair, list[int]] = defaultdict(lambda: [0, 0])
    counted = 0
    names = edition.names()
    for name in names:
        begun(name)
        document = edition.document(name)
        text = read_text(document.working if document.working.exists() else document.base)
        known = before.get(name)
        if known and known.sum == text_sum(text):
            texts[name] = known
        else:
            texts[name] = count(text)
            counted += 1
        for pair, accepted in _answers(read_text(document.base), effective(read_decisions(edition.history(name)))):
            answers[pair][0 if accepted else 1] += 1
    told = {pair: (yes, no) for pair, (yes, no) in sorted(answers.items())}
    _write(file, to_bytes(texts, told))
    return Lesson(len(names), counted, told, damaged)


def _kept(file: Path) -> tuple[dict[str, Text], str]:
    try:
        return from_bytes(file.read_bytes(), file)[1], ""
    except OSError:
        return {}, ""
    except BadInput as error:
        return {}, str(error)


def _answers(base: str, decisions: Iterable[Decision]) -> Iterable[tuple[Pair, bool]]:
    """Pairs of words that decisions speak of, and whether the other reading was accepted.

    A correction names its reading. Of a finding that was rejected or kept, the model tells again what it suggested.
    """
    found: dict[tuple[int, int], Doubt] | None = None
    for decision in decisions:
        if decision.disposition in ("correct", "emend"):
            pair = pair_of(decision.place.exact, decision.reading or "")
            if pair:
                yield pair, True
        elif decision.disposition in ("reject", "stet") and (decision.rule or "").startswith("CX"):
            if found is None:
                found = {(one.start, one.end): one for one in doubts(_LAYERS)(read(base))}
            doubt = found.get((decision.place.start, decision.place.end))
            pair = pair_of(decision.place.exact, doubt.suggestion) if doubt else None
            if pair:
                yield pair, False


def pair_of(exact: str, reading: str) -> Pair | None:
    """The one word that was changed for another, put in ("", word) or taken out (word, ""); None if it is not one.

    A word that became two of the same letters, or two that became one, is such a pair: ("in formation", "information").
    """
    own, other = exact.lower().replace("’", "'").split(), reading.lower().replace("’", "'").split()
    while own and other and own[0] == other[0]:
        own, other = own[1:], other[1:]
    while own and other and own[-1] == other[-1]:
        own, other = own[:-1], other[:-1]
    if {len(own), len(other)} == {1, 2} and "".join(own) == "".join(other):
        return " ".join(own), " ".join(other)
    if len(own) > 1 or len(other) > 1 or not (own or other):
        return None
    return (own[0] if own else "", other[0] if other else "")


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all; only its owner can read it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = file.with_name(f"{file.name}.{uuid4().hex[:8]}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
