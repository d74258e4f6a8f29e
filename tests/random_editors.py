"""Editors in memory: clones of one document in which made-up decisions are taken at random, merged, carried.

The pure layer of the history under the same rules as the commands, without git, so that thousands of histories can be
played. All texts are made up.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha1
from typing import Any

import yaml

from independent_verify import text_of
from obelos_history import Decision, Judgement
from obelos_history.attestation import BaseRecord, Retraction
from obelos_history.carrying import Signer, base_record, carry
from obelos_history.merging import Merged, Side, TwoBases, merge_document, settle_document
from obelos_history.placing import Ground, new_id, placed, reverted
from obelos_history.records import Record, Records, dump_record, gathered
from obelos_history.replay import effective, replay
from obelos_history.settled import Settled, settle
from obelos_transcripts import ObelosError, Span, place_of

_SENTENCE = "the consul at Dairen wires that a bane of sixty Russian guns has not yet left Port Arthur for the north"
WORDS = _SENTENCE.split(" ")
DOCUMENT = "made-up"


def blob(text: str) -> str:
    """The name that git gives to a text."""
    data = text.encode()
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@dataclass
class World:
    """What all clones share: a clock, the base texts that ever were, the dice."""

    dice: random.Random
    texts: dict[str, str] = field(default_factory=dict)
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def tick(self) -> datetime:
        """Time passes; clocks of several people differ by minutes."""
        self.now += timedelta(seconds=self.dice.randint(1, 60))
        return self.now + timedelta(seconds=self.dice.randint(-600, 600))

    def unaware(self, one: str, other: str) -> bool:
        """Whether neither of two decisions was written where the other was known."""
        return one not in self.known[other] and other not in self.known[one]


@dataclass
class Clone:
    """One editor's clone of the document."""

    world: World
    name: str
    base: str
    records: Records
    pending: list[Decision] = field(default_factory=list)

    @property
    def base_id(self) -> str:
        """Blob of its base text."""
        return blob(self.base)

    @property
    def settled(self) -> Settled:
        """Its committed decisions on its base text."""
        return settle(self.base, self.base_id, self.records)

    @property
    def text(self) -> str:
        """The working text of what is committed."""
        return replay(self.base, self.base_id, self.settled.decisions, self.settled.elsewhere).text

    def signer(self) -> Signer:
        """Who signs here, now."""
        return Signer(f"{self.name} <{self.name}@example.org>", self.world.tick())

    def ground(self) -> Ground:
        """What the next decision is placed on."""
        latest = max((*self.records.ids, *(d.id for d in self.pending)), default="")
        decisions = (*self.settled.decisions, *self.pending)
        return Ground(DOCUMENT, self.base, self.base_id, decisions, self.settled.elsewhere, latest)

    def take(self, decision: Decision) -> bool:
        """Keep a decision if it can be replayed with the others, as the commands do."""
        try:
            replay(self.base, self.base_id, [*self.settled.decisions, *self.pending, decision], self.settled.elsewhere)
        except ObelosError:
            return False
        self.pending.append(decision)
        return True

    def decide(self) -> bool:
        """Take a decision on a random passage."""
        dice, ground = self.world.dice, self.ground()
        now = replay(ground.base, ground.base_id, ground.decisions, ground.elsewhere).text
        start = dice.randint(0, len(now))
        span = Span(start, min(len(now), start + dice.choice([0, 1, 4, 4, 9, 20])))
        disposition: Any = dice.choice(["correct", "correct", "emend", "stet", "reject", "query"])
        reading = dice.choice(["x", "", "base", "bank of", "é"]) if disposition in ("correct", "emend") else None
        rule = dice.choice([None, None, "CF101"])
        judgement = Judgement(disposition, reading, note=f"note of {self.name}", rule=rule)
        orphans = [o.id for o in self.settled.orphans if dice.random() < 0.3]
        try:
            return self.take(placed(ground, span, judgement, self.signer().resp, self.world.tick(), orphans))
        except ObelosError:
            return False

    def revert(self) -> bool:
        """Take a standing decision back."""
        ground = self.ground()
        changes = [d for d in effective(ground.decisions) if d.changes_text]
        if not changes:
            return False
        ident = self.world.dice.choice(changes).id
        try:
            return self.take(reverted(ground, ident, Judgement("stet"), self.signer().resp, self.world.tick()))
        except ObelosError:
            return False

    def retract(self) -> bool:
        """Take back a written decision that changes nothing, or an orphan, without another in its place."""
        settled = self.settled
        taken = {ident for d in self.pending for ident in d.supersedes}
        open_ones = [d for d in effective(settled.decisions) if not d.changes_text and d.id not in taken]
        open_ones += [d for d in settled.orphans if d.id not in taken]
        if not open_ones:
            return False
        ident, signer = self.world.dice.choice(open_ones).id, self.signer()
        ids = (*self.records.ids, *(d.id for d in self.pending))
        record = Retraction(new_id(signer.now, ids), DOCUMENT, (ident,), signer.resp, signer.now.replace(microsecond=0))
        self.records = gathered((*self.records.all, record))
        return True

    def undo(self) -> bool:
        """Take back what was taken last, and more where what is left contradicts what came in meanwhile."""
        done = bool(self.pending and self.pending.pop())
        self.tidy()
        return done

    def commit(self) -> bool:
        """Write what is pending."""
        self.records = gathered((*self.records.all, *self.pending))
        self.world.known |= dict.fromkeys((d.id for d in self.pending), self.records.ids)
        done, self.pending = bool(self.pending), []
        return done

    def better_base(self, text: str = "") -> bool:
        """A better transcription arrives: this one, or a few letters, words or a block of it read otherwise."""
        dice, given = self.world.dice, text
        text = text or self.base
        for _ in range(0 if given else dice.randint(1, 3)):
            at = dice.randint(0, len(text))
            match dice.choice(["letter", "block", "gone"]):
                case "letter":
                    text = text[:at] + dice.choice("aeiou") + text[at + 1 :]
                case "block":
                    text = text[:at] + " " + " ".join(dice.choices(WORDS, k=4)) + " " + text[at:]
                case "gone":
                    text = text[:at] + text[at + dice.randint(1, 12) :]
        if text == self.base:
            return False
        carried = carry(self.records, self.world.texts, text, blob(text))
        record = base_record(DOCUMENT, self.records, blob(text), carried, self.signer(), replaces=self.base_id)
        self.adopt_base(text)
        records = gathered((*self.records.all, record))
        texts, unaware = self.world.texts, self.world.unaware
        self.records = settle_document(DOCUMENT, text, blob(text), records, texts, self.signer(), unaware).records
        self.tidy()
        return True

    def adopt_base(self, text: str) -> None:
        """Work on another base text; what is pending is carried to it, or taken back."""
        self.world.texts[blob(text)] = text
        lost = carry(gathered(self.pending), self.world.texts, text, blob(text))
        kept = []
        for d in self.pending:
            place = lost[d.id].place if d.id in lost else d.place
            if place:
                kept.append(replace(d, base=blob(text), place=place_of(text, place.span, d.place.layer)))
        self.base, self.pending = text, kept

    def tidy(self) -> None:
        """Take back pending decisions that contradict what came in, the last first, as the editor is told to."""
        settled = self.settled
        while self.pending:
            try:
                replay(self.base, self.base_id, [*settled.decisions, *self.pending], settled.elsewhere)
                return
            except ObelosError:
                self.pending.pop()

    def merge(self, other: "Clone") -> Merged:
        """Merge what another clone has committed; where both have a new base text, the lower blob holds."""
        ours, theirs = (Side(c.base, c.base_id, c.records) for c in (self, other))
        try:
            merged = merge_document(DOCUMENT, ours, theirs, self.world.texts, self.signer(), self.world.unaware)
        except TwoBases:
            choice: Any = "ours" if ours.base_id < theirs.base_id else "theirs"
            signer, unaware = self.signer(), self.world.unaware
            merged = merge_document(DOCUMENT, ours, theirs, self.world.texts, signer, unaware, choice)
        if merged.base != self.base:
            self.adopt_base(merged.base)
        self.records = merged.records
        self.tidy()
        return merged


def begin(seed: int, clones: int = 3) -> list[Clone]:
    """Clones of a fresh document."""
    world = World(random.Random(seed))
    base = " ".join(world.dice.choices(WORDS, k=30)) + ".\n"
    world.texts[blob(base)] = base
    first = BaseRecord(f"01JC{0:022d}", DOCUMENT, blob(base), "A <a@example.org>", world.now)
    return [Clone(world, f"editor{n}", base, gathered([first])) for n in range(clones)]


def step(clones: list[Clone], *, bases: bool = True) -> str:
    """Something happens in one of the clones: what."""
    dice = clones[0].world.dice
    clone = dice.choice(clones)
    match dice.choice(["decide"] * 5 + ["revert", "retract", "undo", "commit", "commit", "merge", "base"]):
        case "decide":
            clone.decide()
        case "revert":
            clone.revert()
        case "retract":
            clone.retract()
        case "undo":
            clone.undo()
        case "commit":
            clone.commit()
        case "merge":
            other = dice.choice([c for c in clones if c is not clone])
            clone.merge(other)
            return f"{clone.name} merges {other.name}"
        case "base":
            if bases and dice.random() < 0.3 and clone is clones[0]:
                clone.better_base()
                return f"{clone.name} has a better base text"
    return clone.name


def exchanged(clones: list[Clone], orders: list[tuple[int, ...]]) -> tuple[set[str], list[str]]:
    """Everybody writes what is pending; then the clones are merged in each of some orders, from the same beginning.

    The texts that came out, of which there should be one, and what does not hold.
    """
    for clone in clones:
        clone.commit()
    want = set[str]().union(*(clone.records.ids for clone in clones))
    texts: set[str] = set()
    wrong = []
    for order in orders:
        first, *others = (replace(clones[n], pending=[]) for n in order)
        for other in others:
            first.merge(other)
        for other in others:
            other.merge(first)
        texts.add(first.text)
        if not want <= first.records.ids:
            wrong.append(f"{order}: records are lost")
        if not proved(first):
            wrong.append(f"{order}: another text without Obelos")
        if {(one.text, one.records.ids) for one in others} != {(first.text, first.records.ids)}:
            wrong.append(f"{order}: the clones differ after everything was shared")
    return texts, wrong


def proved(clone: Clone) -> bool:
    """Whether a verification without Obelos comes to the same text."""
    records = [as_read(one) for one in clone.records.all]
    return text_of(clone.base.encode(), clone.base_id, records) == clone.text.encode()


@cache
def as_read(record: Record) -> Any:
    """A record as somebody without Obelos reads it."""
    return yaml.load(dump_record(record), Loader=yaml.CBaseLoader)  # noqa: S506
