"""Which entries of the history somebody wants to see: by document, person, rule, disposition, kind, date, word.

One filter for the plain command and for the screen, where it is written in a line: ``person:ada rule:CF* word:bane
since:2026-11 free words``.
"""

import re
import shlex
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from obelos_transcripts.edition import DISPOSITIONS
from obelos_transcripts.errors import BadInput
from obelos_transcripts.schema import did_you_mean
from obelos_transcripts.tokens import tokenize

from .log import Entry

KINDS = ("decision", "commit", "base", "state", "approval", "retraction")


@dataclass(frozen=True)
class Wanted:
    """What an entry must be to be shown; each field left empty asks for nothing, several values mean any of them.

    Attributes:
        document, person: A part of the name, or of the mail address; case does not matter.
        rule: Codes; ``CF*`` for all that begin so.
        since, until: First and last day, as the clock of the person read.
        word: Words as they stood before or after the change; several in one value must stand together.
        text: Words that must all stand somewhere in the entry.
    """

    document: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    disposition: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    word: tuple[str, ...] = ()
    text: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return any(getattr(self, f.name) for f in fields(self))

    def __call__(self, entry: Entry) -> bool:
        """Whether an entry is wanted."""
        decision = entry.decision
        day = entry.when.date()
        return (
            _part_of(self.document, entry.document)
            and _part_of(self.person, entry.person)
            and (not self.rule or any(fnmatchcase(decision.rule or "" if decision else "", r) for r in self.rule))
            and (not self.disposition or (decision is not None and decision.disposition in self.disposition))
            and (not self.kind or entry.kind in self.kind)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and (not self.word or any(_has_word(entry, word) for word in self.word))
            and (not self.text or all(part.casefold() in _haystack(entry) for part in self.text))
        )


def parse_filter(line: str) -> Wanted:
    """A filter out of the line that an editor types; an empty line asks for nothing.

    Raises:
        BadInput: A date, a kind or a disposition that is none.
    """
    try:
        parts = shlex.split(line)
    except ValueError:  # a quotation mark without its partner: a person is still typing, or means an apostrophe
        parts = line.split()
    wanted = Wanted()
    for part in parts:
        key, colon, value = part.partition(":")
        if not colon or key not in _KEYS or not value:
            wanted = replace(wanted, text=(*wanted.text, part))
        elif key in ("since", "until"):
            found: Any = day(value, last=key == "until")
            wanted = replace(wanted, **{key: found})
        else:
            found = (*getattr(wanted, key), check_value(key, value))
            wanted = replace(wanted, **{key: found})
    return wanted


def check_value(key: str, value: str) -> str:
    """A value of a field that has a fixed list, or any other.

    Raises:
        BadInput: It is not on the list.
    """
    known = {"disposition": DISPOSITIONS, "kind": KINDS}.get(key)
    if known and value not in known:
        raise BadInput.at(key, None, f"“{value}” is no {key}{did_you_mean(value, known)}")
    return value


def day(value: str, *, last: bool) -> date:
    """A day of ``2026``, ``2026-11`` or ``2026-11-23``: the first of that time, or the last.

    Raises:
        BadInput: It is no date.
    """
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", value):
            raise ValueError(value)
        parts = [int(number) for number in value.split("-")]
        year, month, number = (*parts, *(0, 0, 0)[len(parts) :])
        if not last or number:
            return date(year, month or 1, number or 1)
        following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
        return following - timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise BadInput.at("date", None, f"“{value}” is no date; as in 2026-11-23, 2026-11 or 2026") from error


def _part_of(wanted: tuple[str, ...], found: str) -> bool:
    return not wanted or any(one.casefold() in found.casefold() for one in wanted)


def _has_word(entry: Entry, wanted: str) -> bool:
    sought = f" {_words(wanted)} "
    quoted = (entry.decision.place.exact,) if entry.decision else ()
    return any(sought in f" {_words(side)} " for pair in (*entry.words, quoted) for side in pair)


def _words(text: str) -> str:
    return " ".join(token.text.casefold() for token in tokenize(text) if token.kind == "word")


def _haystack(entry: Entry) -> str:
    parts = [entry.kind, entry.id, entry.document, entry.person, entry.title, *entry.message]
    parts += [side for pair in entry.words for side in pair]
    if entry.record:
        parts.append(entry.record.note)
    if decision := entry.decision:
        parts += [decision.disposition, decision.rule or "", decision.source, decision.place.exact]
    return " ".join(parts).casefold()


_KEYS = frozenset(f.name for f in fields(Wanted)) - {"text"}
