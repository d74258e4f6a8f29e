"""Switching a rule off in ``edition.yaml``, and on again: every byte that says something else stays.

What would come of a change is read before it is used; a file in another style than ours is left to its author.
"""

import re
from dataclasses import replace
from pathlib import Path

from obelos_transcripts import BadInput
from obelos_transcripts.edition import Off, Settings, settings_of
from obelos_transcripts.strict_yaml import Mapping, Sequence, load

from .house_rules import yaml_text

_BY_HAND = "is not written a line for each entry; put it in by hand, as: rules: {off: [{code: CODE, why: WHY}]}"


def with_rule_off(data: bytes, off: Off, path: Path) -> bytes:
    """The settings with one more rule switched off.

    Raises:
        BadInput: It is off already, or the file is not in a style that an entry can be put into.
    """
    before = settings_of(data, path)
    if off.code in {one.code for one in before.off}:
        raise BadInput.at(path, None, f"{off.code} is switched off already")
    text, ending = _text(data)
    entry = [f"- code: {_scalar(off.code)}", f"  why: {yaml_text(off.why)}"]
    lines = text.splitlines(keepends=True)
    place = _place(data, path)
    if place is None:
        lines = _ended(lines, ending)
        lines += [f"{line}{ending}" for line in ("rules:", "  off:", *(f"    {line}" for line in entry))]
    else:
        _, end, indent = place
        lines = [*_ended(lines[:end], ending), *(f"{indent}{line}{ending}" for line in entry), *lines[end:]]
    return _proved("".join(lines).encode(), path, replace(before, off=(*before.off, off)))


def with_rule_on(data: bytes, code: str, path: Path) -> bytes:
    """The settings with a rule no longer switched off.

    Raises:
        BadInput: It is not off, or the file is not in a style that an entry can be taken out of.
    """
    before = settings_of(data, path)
    after = tuple(one for one in before.off if one.code != code)
    if after == before.off:
        raise BadInput.at(path, None, f"{code} is not switched off")
    place = _place(data, path)
    if place is None:
        raise BadInput.at(path, None, _BY_HAND)
    starts, end, _ = place
    text, _ = _text(data)
    lines = text.splitlines(keepends=True)
    number = next(n for n, one in enumerate(before.off) if one.code == code)
    first, last = starts[number], starts[number + 1] if number + 1 < len(starts) else end
    if not after:
        # With its last entry the list goes, and with its only list the key.
        first = _head_of(lines, first)
    return _proved("".join([*lines[:first], *lines[last:]]).encode(), path, replace(before, off=after))


def _place(data: bytes, path: Path) -> tuple[list[int], int, str] | None:
    """Lines, from 0, on which entries begin; the line behind the last; their indent. None: there is no ``rules``."""
    node = load(data, path.name)
    rules = node.items.get("rules") if isinstance(node, Mapping) else None
    if rules is None:
        return None
    off = rules.items.get("off") if isinstance(rules, Mapping) else None
    lines = _text(data)[0].splitlines()
    if not isinstance(off, Sequence) or not off.items:
        raise BadInput.at(path, rules.line, f"“rules” {_BY_HAND}")
    starts = [item.line - 1 for item in off.items]
    dashes = [re.match(r"( *)- ", lines[start]) for start in starts]
    indents = {dash[1] for dash in dashes if dash}
    if not all(dashes) or len(indents) != 1 or len(set(starts)) < len(starts):
        raise BadInput.at(path, off.line, f"“off” {_BY_HAND}")
    (indent,) = indents
    end = starts[-1] + 1
    while end < len(lines) and re.match(rf"{indent} +\S", lines[end]):
        end += 1
    return starts, end, indent


def _head_of(lines: list[str], first: int) -> int:
    """The line on which ``off:`` stands, or ``rules:`` above it where nothing else is under it."""
    head = first - 1
    if head >= 1 and re.match(r" +off:\s*$", lines[head]) and re.match(r"rules:\s*$", lines[head - 1]):
        return head - 1
    return head


def _text(data: bytes) -> tuple[str, str]:
    return data.decode("utf-8"), "\r\n" if b"\r\n" in data else "\n"


def _ended(lines: list[str], ending: str) -> list[str]:
    return [*lines[:-1], lines[-1] + ending] if lines and not lines[-1].endswith("\n") else lines


def _scalar(code: str) -> str:
    return code if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", code) else yaml_text(code)


def _proved(data: bytes, path: Path, wanted: Settings) -> bytes:
    try:
        found = settings_of(data, path)
    except BadInput as error:
        raise BadInput.at(path, None, f"“rules” {_BY_HAND}") from error
    if found != wanted:
        raise BadInput.at(path, None, f"“rules” {_BY_HAND}")
    return data
