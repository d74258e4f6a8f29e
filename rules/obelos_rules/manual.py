"""The manual of the kinds, made from the kinds: what each is for, its keys, a rule of that kind.

What a key takes is asked of its own converter, which says what it expected of a value that it cannot take; so the
manual cannot say one thing and the loader do another.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby

from obelos_transcripts.schema import Field, Problems
from obelos_transcripts.strict_yaml import Mapping, Node, Scalar, load
from obelos_transcripts.strict_yaml import Sequence as Items

from .classes import CLASSES, WordClass
from .kinds import SHIPPED, Kind
from .loader import shipped_packs

_PACKS = files("obelos_rules") / "packs"
_EXPECTED = re.compile(r"(?P<what>.+) (?:was|were) expected, not (?P<given>.+)")
_CODE = re.compile(r"code: ([A-Z]{2})[0-9]")
_LONGEST_EXAMPLE = 40
_MOST_MEMBERS = 12
_MOST_LISTED = 8
_NOTHING: Node = Mapping({}, 1, {})
_EMPTY: Node = Items([], 1)

HEAD = """\
# The kinds of rules

Every rule is of one kind; a kind says what the rule needs and what it looks for. This page is made from the kinds
themselves (`obelos rules kinds --markdown`). How a rule is written as a whole, and what phrases and contexts are,
stands in [rules/README.md](../rules/README.md).
"""


def manual() -> str:
    """The whole manual, a page in Markdown."""
    kinds = [SHIPPED[name] for name in sorted(SHIPPED)]
    contents = "\n".join(f"- [`{one.name}`](#{one.name}): {_first_line(one)}" for one in kinds)
    return "\n".join([HEAD, contents, "- [Classes of words](#classes-of-words)", "", *map(_section, kinds), _classes()])


def summary() -> str:
    """Each kind in a line."""
    width = max(map(len, SHIPPED))
    lines = [f"{name:{width}}  {_first_line(SHIPPED[name])}" for name in sorted(SHIPPED)]
    return "\n".join([*lines, "“obelos rules kinds KIND” tells more of one."])


def page(kind: Kind) -> str:
    """One kind in plain text."""
    lines = [f"{kind.name}: {_first_line(kind)}", "", *_plain(_rest(kind)), "Keys:"]
    for name, takes, need, about in _keys(kind):
        lines.append(f"  {name}: {takes} ({need})")
        lines += [f"      {about}"] if about else []
    lines += ["", f"Messages may name {', '.join(_placeholders(kind))}."]
    if example := example_of(kind.name):
        lines += ["", "A rule of this kind:", "", example]
    return "\n".join(lines)


def _section(kind: Kind) -> str:
    rows = [f"| `{name}` | {_cell(takes)} | {need} | {_cell(about)} |" for name, takes, need, about in _keys(kind)]
    table = "\n".join(["| Key | Takes | Unless told | Means |", "|---|---|---|---|", *rows])
    parts = [f"## {kind.name}", _capital(_first_line(kind)), _rest(kind), table]
    if kind.yields:
        parts.append("It judges how words are spelt: the edition's own list of words overrides it.")
    parts.append("Messages may name " + ", ".join(f"`{one}`" for one in _placeholders(kind)) + ".")
    if example := example_of(kind.name):
        letters = _CODE.search(example)
        parts[-1] += f" Codes begin with {letters[1]}." if letters else ""
        parts.append(f"A rule of this kind:\n\n```yaml\n{example}\n```")
    return "\n\n".join(part for part in parts if part) + "\n"


def _classes() -> str:
    """What may stand between < and > in a phrase."""
    lines = [f"- `{name}`: {_members(CLASSES[name])}" for name in sorted(CLASSES)]
    return "\n".join(
        ["## Classes of words", "", "In a phrase `<article>` stands for any word of that class.", "", *lines, ""]
    )


def _members(one: WordClass) -> str:
    words = sorted(one.words)
    listed = ", ".join(f"*{word}*" for word in words[:_MOST_MEMBERS])
    if len(words) > _MOST_MEMBERS:
        listed += " and more"
    told = "words told by their form" if one.tests else ""
    return "; ".join(part for part in (listed, told) if part)


def _placeholders(kind: Kind) -> list[str]:
    return ["{found}", "{suggest}", *(f"{{{name}}}" for name in sorted(kind.placeholders))]


def _first_line(kind: Kind) -> str:
    """What the kind is for, in a sentence: the docstring's first paragraph without the kind's name."""
    first = " ".join(kind.about.strip().split("\n\n")[0].split())
    return re.sub(r"^Kind ``[\w-]+``: ", "", first).replace("``", "`")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rest(kind: Kind) -> str:
    """The docstring's other paragraphs."""
    paragraphs = kind.about.strip().split("\n\n")[1:]
    return "\n\n".join(" ".join(one.split()).replace("``", "`") for one in paragraphs)


def _plain(text: str) -> list[str]:
    import textwrap

    paragraphs = (textwrap.fill(one.replace("`", ""), 100) for one in text.split("\n\n") if one)
    return [line for one in paragraphs for line in (one, "")]


def _keys(kind: Kind) -> Iterator[tuple[str, str, str, str]]:
    """Name, what it takes, whether it must be there or its default, what it means."""
    for name, field in kind.fields.items():
        need = "required" if field.required else _default(field)
        yield name, takes(field), need, field.about


def _default(field: Field) -> str:
    value = field.default
    if value is None or value == () or value == {} or value == "":
        return "nothing"
    return str(value).lower() if isinstance(value, bool) else str(value)


def takes(field: Field) -> str:
    """What a field takes, in words."""
    if _accepts(field, _NOTHING) and not _accepts(field, _EMPTY):
        inner = Mapping({"a": Items([_NOTHING], 1)}, 1, {"a": 1})
        single = Mapping({"a": _NOTHING}, 1, {"a": 1})
        what = _expected(field, inner) or _expected(field, single) or "texts"
        many = _accepts(field, Mapping({"a": _EMPTY}, 1, {"a": 1}))
        return f"a mapping to {_plural(what) if many else what}"
    if not _accepts(field, _EMPTY):
        return _expected(field, _EMPTY) or "see below"
    what = _expected(field, Items([_NOTHING], 1)) or "texts"
    nested = _given(field, Items([Items([_NOTHING], 1)], 1)) == "a mapping"
    return f"a list of lists of {_plural(what)}" if nested else f"a list of {_plural(what)}"


def _said(field: Field, node: Node) -> list[str]:
    problems = Problems("")
    field.read(node, problems)
    return [one.what for one in problems.found]


def _accepts(field: Field, node: Node) -> bool:
    return not _said(field, node)


def _match(field: Field, node: Node) -> re.Match[str] | None:
    return next((found for one in _said(field, node) if (found := _EXPECTED.search(one))), None)


def _expected(field: Field, node: Node) -> str:
    found = _match(field, node)
    return found["what"].removeprefix("the ") if found else ""


def _given(field: Field, node: Node) -> str:
    found = _match(field, node)
    return found["given"] if found else ""


def _plural(what: str) -> str:
    return {"a text": "texts", "a whole number": "whole numbers"}.get(what, what)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<").replace("\n", " ")


def example_of(kind: str) -> str:
    """The lines of the shipped rule of that kind with the lowest code, long lists cut; empty if there is none.

    A rule that is long even so is passed over.
    """
    found = [_cut(lines) for _, lines in sorted(_entries(kind))]
    short = [lines for lines in found if len(lines) <= _LONGEST_EXAMPLE]
    return "\n".join(short[0]) if short else ""


def _cut(lines: list[str]) -> list[str]:
    """An entry without most of what is listed, a line each, under one of its keys."""
    kept: list[str] = []
    for indent, block in groupby(lines, key=lambda line: len(line) - len(line.lstrip())):
        run = list(block)
        rest = len(run) - _MOST_LISTED
        listed = indent > 4 and rest > 1
        kept += [*run[:_MOST_LISTED], f"{' ' * indent}# … and {rest} more"] if listed else run
    return kept


def _entries(kind: str) -> list[tuple[str, list[str]]]:
    """Code and lines of each shipped rule of a kind."""
    return [(code, lines) for own, code, lines in _shipped() if own == kind]


@cache
def _shipped() -> tuple[tuple[str, str, list[str]], ...]:
    """Kind, code and lines of each shipped rule."""
    return tuple(_read())


def _read() -> Iterator[tuple[str, str, list[str]]]:
    for pack in shipped_packs():
        data = (_PACKS / f"{pack}.yaml").read_bytes()
        node = load(data, pack)
        listed = node.items.get("rules") if isinstance(node, Mapping) else None
        entries = [one for one in (listed.items if isinstance(listed, Items) else []) if isinstance(one, Mapping)]
        lines = data.decode("utf-8").split("\n")
        ends = [one.line - 1 for one in entries[1:]] + [len(lines)]
        for entry, end in zip(entries, ends, strict=True):
            yield _value(entry, "kind"), _value(entry, "code"), list(_trimmed(lines[entry.line - 1 : end]))


def _value(entry: Mapping, key: str) -> str:
    node = entry.items.get(key)
    return node.value if isinstance(node, Scalar) else ""


def _trimmed(lines: Iterable[str]) -> Iterable[str]:
    """An entry's lines without the comments and empty lines that stand before the next."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):
        kept.pop()
    return kept
