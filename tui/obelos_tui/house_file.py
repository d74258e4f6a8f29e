"""A file of house rules that grows: an entry is put at its end, and every byte that was there stays.

What would come of it is read before it is written; a file that would not load is left as it is.
"""

import re
from pathlib import Path

from obelos_history.files import atomic_write
from obelos_rules import Rule, read_pack
from obelos_transcripts import BadInput, Edition, read_bytes
from obelos_transcripts.edition import RULES
from obelos_transcripts.strict_yaml import Mapping, Sequence, load

from .house_rules import Draft

USUAL = f"{RULES}/house.yaml"
_INTO = re.compile(rf"(?:{RULES}/)?([\w-][\w.-]{{0,80}}?)(?:\.yaml)?")


def file_for(edition: Edition, into: str) -> Path:
    """The rule file that a person means by ``house``, ``house.yaml`` or ``rules/house.yaml``.

    Raises:
        BadInput: It would not lie in the edition's ``rules`` folder, or is a link.
    """
    named = _INTO.fullmatch(into.replace("\\", "/"))
    if not named:
        raise BadInput.at("--into", None, f"“{into}” is not a file such as {USUAL}; only files there hold house rules")
    path = edition.root / RULES / f"{named[1]}.yaml"
    if path.is_symlink() or path.parent.is_symlink():
        raise BadInput.at(path, None, "is a link; give a file of the edition itself")
    return path


def grown(data: bytes, draft: Draft, where: str) -> bytes:
    """The bytes of a rule file with one more rule at the end.

    Raises:
        BadInput: The file's list does not stand a rule a line, or what comes of it would not load.
    """
    node = load(data, where)
    ending = "\r\n" if b"\r\n" in data else "\n"
    indent, opening = "  ", ""
    if node is None:
        opening = f"rules:{ending}"
    else:
        listed = node.items.get("rules") if isinstance(node, Mapping) else None
        first = listed.items[0].line if isinstance(listed, Sequence) and listed.items else 0
        lines = data.decode("utf-8").split("\n")
        dash = re.match(r"( *)- ", lines[first - 1]) if 0 < first <= len(lines) else None
        if not dash:
            what = "its rules do not begin with “- ” on lines of their own; put the entry in by hand"
            raise BadInput.at(where, first or None, what)
        indent = dash[1]
    gap = "" if not data or data.endswith(b"\n") else ending
    result = data + f"{gap}{opening}{draft.entry(indent).replace(chr(10), ending)}".encode()
    before = [rule.code for rule in read_pack(data, where, "house")]
    if [*before, draft.code] != [rule.code for rule in read_pack(result, where, "house")]:
        raise BadInput.at(where, None, "the entry would not stand as a rule of its own there; put it in by hand")
    return result


def write_rule(path: Path, draft: Draft) -> Rule:
    """Put a rule into a file, which is made if there is none; the rule as it was read back.

    Raises:
        BadInput: As `grown`; the file is as it was.
    """
    result = grown(read_bytes(path) if path.exists() else b"", draft, str(path))
    path.parent.mkdir(exist_ok=True)
    atomic_write(path, result)
    return read_pack(read_bytes(path), str(path), path.stem)[-1]
