"""``check``: findings, as a linter that people know."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from obelos_history import read_decisions, replay
from obelos_history.trees import object_id
from obelos_rules import LEVELS, Finding, Level, Rule, load_rules
from obelos_rules import check as check_text
from obelos_transcripts import (
    BadInput,
    Edition,
    Lines,
    Refused,
    decode,
    find_edition,
    read_bytes,
    read_text,
    visible,
)
from obelos_transcripts.edition import SUFFIXES

from ..answered import answers
from ..workplace import rules_of, say

_CONTEXT = 34


@dataclass(frozen=True)
class _Target:
    """A text to check: how it is named in the output, the text, and the document it is the working text of."""

    name: str
    text: str
    document: str | None = None

    @cached_property
    def lines(self) -> Lines:
        """Lines of the text, counted once for all its findings."""
        return Lines(self.text)


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--level", type=click.Choice(LEVELS), default="likely", help="The weakest level reported.")
@click.option("--rules", "codes", help="Only these rules: codes or names, separated by commas.")
@click.option("--pack", "packs", multiple=True, help="These packs instead of the edition's.")
@click.option("--all", "everything", is_flag=True, help="Also findings that have been answered by a decision.")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it.")
def check(
    paths: tuple[str, ...], level: Level, codes: str | None, packs: tuple[str, ...], everything: bool, form: str
) -> int:
    """List likely errors: in documents of the edition, in files, in all texts of a folder, or in - (standard input).

    Without a path: in every document of the edition here. Findings that a decision has answered are left out.
    Exit code 1 if there are findings. Nothing is ever changed.

    \b
    Examples:
      obelos check
      obelos check letter.txt
      obelos check chungking-456 --level possible --format json
    """
    edition = find_edition(Path.cwd())
    rules = _chosen(load_rules(packs) if packs else rules_of(edition), codes)
    found: list[dict[str, Any]] = []
    texts = count = 0
    for target in _targets(paths, edition):
        texts += 1
        for finding in _open_findings(target, rules, level, edition, everything):
            count += 1
            if form == "text":
                _print(target, finding)
            elif form == "jsonl":
                click.echo(json.dumps(as_data(target.name, target.lines, finding), ensure_ascii=True))
            else:
                found.append(as_data(target.name, target.lines, finding))
    if form == "json":
        click.echo(json.dumps({"version": 1, "findings": found}, ensure_ascii=True, indent=1))
    elif form == "text":
        say(f"{count} finding{'' if count == 1 else 's'} in {texts} text{'' if texts == 1 else 's'}")
    return 1 if count else 0


def as_data(name: str, lines: Lines, finding: Finding) -> dict[str, Any]:
    """A finding as the documented JSON object. Line and column count from 1, start and end code points from 0."""
    line, column = lines.at(finding.start)
    return {
        "file": name,
        "line": line,
        "column": column,
        "start": finding.start,
        "end": finding.end,
        "layer": finding.layer,
        "found": finding.found,
        "suggestions": list(finding.suggestions),
        "code": finding.code,
        "name": finding.name,
        "kind": finding.kind,
        "level": finding.level,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
    }


def _chosen(rules: Sequence[Rule], codes: str | None) -> list[Rule]:
    if not codes:
        return list(rules)
    wanted = {code.strip() for code in codes.split(",") if code.strip()}
    chosen = [rule for rule in rules if wanted & {rule.code, rule.name, *rule.aliases}]
    unknown = wanted - {name for rule in chosen for name in (rule.code, rule.name, *rule.aliases)}
    if unknown:
        raise BadInput.at("--rules", None, f"there is no rule “{sorted(unknown)[0]}”; “obelos rules list” lists them")
    return chosen


def _targets(paths: Sequence[str], edition: Edition | None) -> Iterator[_Target]:
    if not paths:
        if edition is None:
            raise Refused("there is no edition here; name files to check, or - for standard input")
        paths = edition.names()
    for path in paths:
        if path == "-":
            yield _Target("-", decode(sys.stdin.buffer.read(), "standard input"))
        elif edition and path in edition.names():
            document = edition.document(path)
            file = document.working if document.working.exists() else document.base
            yield _Target(str(file.relative_to(edition.root)), read_text(file), path)
        elif Path(path).is_dir():
            for file in sorted(p for p in Path(path).rglob("*") if p.suffix in SUFFIXES and p.is_file()):
                yield _Target(str(file), read_text(file))
        else:
            yield _Target(path, read_text(Path(path)), _document_of(Path(path), edition))


def _document_of(path: Path, edition: Edition | None) -> str | None:
    """The document whose working text a path is."""
    if edition is None:
        return None
    return next((n for n in edition.names() if edition.document(n).working == path.resolve()), None)


def _open_findings(
    target: _Target, rules: Sequence[Rule], level: Level, edition: Edition | None, everything: bool
) -> list[Finding]:
    findings = check_text(target.text, rules, level=level, name=target.document or target.name)
    if everything or edition is None or target.document is None:
        return findings
    data = read_bytes(edition.document(target.document).base)
    decisions = read_decisions(edition.history(target.document))
    base_id = decisions[0].base if decisions else ""
    algorithm = "sha256" if len(base_id) == 64 else "sha1"
    if not decisions or object_id("blob", data, algorithm) != base_id:
        return findings
    current = replay(decode(data, target.name), base_id, decisions)
    return [
        finding
        for finding, decision in zip(findings, answers(findings, current, decisions), strict=True)
        if decision is None
    ]


def _print(target: _Target, finding: Finding) -> None:
    lines = target.lines
    line, column = lines.at(finding.start)
    where = click.style(f"{visible(target.name)}:{line}:{column}", bold=True)
    code = click.style(finding.code, fg="yellow" if finding.level != "possible" else "blue")
    click.echo(f"{where}: {finding.level} {code} {visible(finding.message)}  [{finding.fingerprint[:8]}]")
    source = lines.line(line)
    first = max(0, column - 1 - _CONTEXT)
    shown = visible(source[first : column - 1 + len(finding.found) + _CONTEXT].split("\n")[0])
    lead, tail = ("…" if first else " "), ("…" if first + len(shown) < len(source) else "")
    caret = " " * (column - 1 - first) + "^" * max(1, min(finding.end - finding.start, len(shown) - column + 1 + first))
    click.echo(f"    {lead}{shown}{tail}")
    suggestions = f"  {' or '.join(visible(s) for s in finding.suggestions)}" if finding.suggestions else ""
    click.echo(f"     {caret}{suggestions}")
