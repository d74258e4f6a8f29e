"""The usual state of a document, judged quickly: one base text, decisions that count in it, a text that follows.

What is slow in judging is to ask the same of the same decisions in every state; here it is asked once. It says yes or
nothing: whatever is not as usual is left to `settled` and `replay`, which say what is wrong.
"""

from bisect import insort
from collections.abc import Iterable
from typing import NamedTuple

from .attestation import Approval, BaseRecord, StateRecord
from .decision import Decision
from .records import Record


class _Fact(NamedTuple):
    """A decision as far as the text depends on it; sorted as `replay.effective` sorts."""

    start: int
    end: int
    id: str
    reading: str | None


Key = tuple[str, str]
"""Blob and path of a record's file."""


class Quick:
    """The texts that follow from one base text."""

    def __init__(self, base: str, base_id: str) -> None:
        self._base = base
        self._base_id = base_id
        self._usual: dict[Key, bool] = {}
        self._facts: list[_Fact] = []
        self._learned: set[str] = set()

    def text(self, records: Iterable[tuple[Key, Record]], came_with: str) -> str | None:
        """The text of a state; None where it is not as usual.

        Args:
            records: Its records, each with what tells its file from others.
            came_with: Blob of the base text that the document came in with; "" where that is this one.
        """
        ids: set[str] = set()
        gone: set[str] = set()
        named = came_with in ("", self._base_id)
        for key, record in records:
            usual = self._usual.get(key)
            if usual is None:
                usual = self._usual[key] = self._learn(record)
            if not usual:
                return None
            if isinstance(record, Decision):
                ids.add(record.id)
                if record.supersedes:
                    gone.update(record.supersedes)
            elif isinstance(record, BaseRecord):
                named = True
        return self._replayed(ids - gone) if named and gone <= ids else None

    def _learn(self, record: Record) -> bool:
        if isinstance(record, BaseRecord):
            return record.base == self._base_id and not record.supersedes
        if not isinstance(record, Decision):
            return isinstance(record, StateRecord | Approval)  # these alone leave the text as it is
        if record.base != self._base_id or not record.place.holds(self._base):
            return False
        if any(ident >= record.id for ident in record.supersedes) or record.id in self._learned:
            return False
        self._learned.add(record.id)
        insort(self._facts, _Fact(record.place.start, record.place.end, record.id, record.reading))
        return True

    def _replayed(self, standing: set[str]) -> str | None:
        out: list[str] = []
        base, at = self._base, 0
        last: _Fact | None = None
        for fact in self._facts:
            start, end, ident, reading = fact
            if reading is None or ident not in standing:
                continue
            if last is not None and (start < at or (start, end) == last[:2]):
                return None
            out += (base[at:start], reading)
            at, last = end, fact
        out.append(base[at:])
        return "".join(out)
