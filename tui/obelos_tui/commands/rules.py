"""``rules``: looking at the catalogue, proving it, and adding to it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from obelos_rules import LEVELS, Example, Rule, load_rules, prove, shipped_packs
from obelos_rules.proof import warnings
from obelos_transcripts import BadInput, Edition, Problem, find_edition, read_bytes
from obelos_transcripts.edition import Off
from obelos_transcripts.schema import did_you_mean

from ..clock import now
from ..recipes import recipe_of
from ..rule_record import Record, decisions_of, offs, records
from ..rule_switch import rule_named, switch_off, switch_on
from ..workplace import edition_here, repository_of, say
from .new_rule import new_rule


@click.group()
def rules() -> None:
    """Look at the rules, prove that they flag and pass what they should, and begin rules of your own."""


rules.add_command(new_rule)


def _catalogue(edition: Edition | None, packs: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that hold here and those switched off, or all of the packs named, whether they hold here or not."""
    here = recipe_of(edition).all_rules()
    held = {rule.pack for rule in here}
    if unknown := [pack for pack in packs if pack not in held and pack not in shipped_packs()]:
        hint = did_you_mean(unknown[0], {*held, *shipped_packs()})
        raise BadInput.at("--pack", None, f"there is no pack “{unknown[0]}”{hint}")
    others = load_rules([pack for pack in packs if pack not in held])
    return (*(rule for rule in here if not packs or rule.pack in packs), *others)


def _records(edition: Edition | None, found: Sequence[Rule]) -> Mapping[str, Record]:
    return records(decisions_of(edition), found) if edition else {}


@rules.command("list")
@click.option("--pack", "packs", multiple=True, help="Only rules of this pack, also of one not in use here.")
@click.option("--kind", "kinds", multiple=True, help="Only rules of this kind.")
@click.option("--level", "levels", multiple=True, type=click.Choice(LEVELS), help="Only rules of this level.")
@click.option("--all", "everything", is_flag=True, help="All shipped packs, not only those of the edition.")
@click.option(
    "--by-rank", is_flag=True, help="Those first whose findings were accepted most; rules without answers: 0.50."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
def list_rules(
    packs: tuple[str, ...], kinds: tuple[str, ...], levels: tuple[str, ...], everything: bool, by_rank: bool, form: str
) -> None:
    """List the rules that hold here: code, level, kind, pack, name, and what was decided on their findings.

    Each option may be given several times. The rank is the share of a rule's next findings that is expected to be
    accepted, by those answered so far.

    \b
    Examples:
      obelos rules list --pack typescript --level possible
      obelos rules list --kind date --format json
    """
    edition = find_edition(Path.cwd())
    catalogue = _catalogue(edition, (*packs, *shipped_packs()) if everything and not packs else packs)
    if unknown := sorted(set(kinds) - {rule.kind for rule in catalogue}):
        raise BadInput.at("--kind", None, f"no rule is of kind “{unknown[0]}”" + _hint(unknown[0], catalogue))
    found = [r for r in catalogue if (not kinds or r.kind in kinds) and (not levels or r.level in levels)]
    known = _records(edition, catalogue)
    off = offs(edition)
    if by_rank:
        found.sort(key=lambda rule: (-known.get(rule.code, Record()).rank, rule.code))
    if form == "json":
        data = [_as_data(rule, known.get(rule.code), off.get(rule.code)) for rule in found]
        click.echo(json.dumps({"version": 1, "rules": data}, ensure_ascii=True, indent=1))
        return
    rows = [(r.code, r.level, r.kind, r.pack, r.name) for r in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for rule, row in zip(found, rows, strict=True):
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        record = known.get(rule.code)
        told = f"{record} · rank {record.rank:.2f}" if record else ""
        switched = f"off: {off[rule.code].why}" if rule.code in off else ""
        say(f"{cells}  {told}  {switched}".rstrip())
    silent = sum(rule.code in off for rule in found)
    say(f"{len(found)} rule{'' if len(found) == 1 else 's'}" + (f", {silent} switched off" if silent else ""))


def _hint(kind: str, catalogue: Sequence[Rule]) -> str:
    return did_you_mean(kind, {rule.kind for rule in catalogue})


def _as_data(rule: Rule, record: Record | None, off: Off | None) -> dict[str, Any]:
    """A rule as the documented JSON object; ``record`` only where something was decided, ``off`` only where it is."""
    data = {key: getattr(rule, key) for key in ("code", "name", "kind", "level", "pack", "line")}
    data |= {key: list(getattr(rule, key)) for key in ("aliases", "layers")}
    data |= {key: getattr(rule, key) for key in ("message", "why", "authority")}
    data["examples"] = {"flag": [_example(e) for e in rule.flag], "pass": [_example(e) for e in rule.passing]}
    data |= {"record": record.as_data() | {"rank": round(record.rank, 4)}} if record else {}
    return data | ({"off": {"why": off.why}} if off else {})


def _example(example: Example) -> dict[str, str | dict[str, str]]:
    given = {"text": example.text, "at": example.at, "suggest": example.suggest, "layer": example.layer}
    told: dict[str, str | dict[str, str]] = {
        key: value for key, value in given.items() if value is not None and (value or key == "suggest")
    }
    return told | ({"witnesses": dict(example.witnesses)} if example.witnesses else {})


@rules.command("show")
@click.argument("code")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
def show_rule(code: str, form: str) -> None:
    """Show one rule: what it says, why, on whose authority, what it flags and passes, and what was decided on it.

    CODE is a code, an older code or a name; rules of shipped packs are shown also where they are not in use.
    """
    edition = find_edition(Path.cwd())
    here = recipe_of(edition).all_rules()
    shipped = load_rules([pack for pack in shipped_packs() if pack not in {rule.pack for rule in here}])
    known = {name: rule for rule in (*shipped, *here) for name in (rule.code, rule.name, *rule.aliases)}
    rule = known.get(code) or known.get(code.upper())
    if rule is None:
        raise BadInput.at("rules show", None, f"there is no rule “{code}”{did_you_mean(code.upper(), known)}")
    record, off = _records(edition, [rule]).get(rule.code), offs(edition).get(rule.code)
    if form == "json":
        click.echo(json.dumps({"version": 1, "rules": [_as_data(rule, record, off)]}, ensure_ascii=True, indent=1))
        return
    used = " (switched off here)" if off else "" if rule in here else " (not in use here)"
    say(f"{rule.code} {rule.name} · {rule.kind} · {rule.level} · pack {rule.pack}{used}")
    if rule.aliases:
        say(f"  once       {', '.join(rule.aliases)}")
    say(f"  layers     {', '.join(rule.layers)}")
    say(f"  says       {rule.message}")
    say(f"  why        {rule.why}")
    say(f"  authority  {rule.authority}")
    for example in rule.flag:
        suggest = f" → {example.suggest or 'nothing'}" if example.suggest is not None else ""
        say(f"  flags      {_one_line(example)}   [{example.at}]{suggest}")
    for example in rule.passing:
        say(f"  passes     {_one_line(example)}")
    if record:
        say(f"  record     {record} · rank {record.rank:.2f}")
    if off:
        say(f"  off        {off.why or 'no reason is given'}")


def _one_line(example: Example) -> str:
    layer = f"   ({example.layer})" if example.layer else ""
    return example.text.rstrip("\n").replace("\n", " ↵ ") + layer


@rules.command("off")
@click.argument("code")
@click.option("--why", required=True, help="The reason: it is read in the settings and in the history.")
def off_rule(code: str, why: str) -> None:
    """Switch a rule off for this edition, with a reason, and commit that. It is asked no more: not by check, not in a
    review, not on the desk. What was decided on its findings stays.

    \b
    Example:
      obelos rules off SP103 --why "the edition closes up No. throughout"
    """
    edition = edition_here()
    rule = rule_named(code, recipe_of(edition).all_rules())
    _, made = switch_off(edition, repository_of(edition), rule, why, now())
    say(f"{rule.code} {rule.name} is switched off, in commit {(made or '')[:10]}.")
    say(f"“obelos rules on {rule.code}” asks it again.")


@rules.command("on")
@click.argument("code")
@click.option("--why", default="", help="The reason, for the history.")
def on_rule(code: str, why: str) -> None:
    """Ask a rule again that was switched off, and commit that.

    \b
    Example:
      obelos rules on SP103
    """
    edition = edition_here()
    known = offs(edition)
    if code not in known:
        rule = rule_named(code, recipe_of(edition).all_rules())
        code = next((name for name in (rule.code, *rule.aliases) if name in known), rule.code)
    _, made = switch_on(edition, repository_of(edition), code, why, now())
    say(f"{code} is asked again, since commit {(made or '')[:10]}.")


@rules.command("test")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def test_rules(files: tuple[Path, ...]) -> int:
    """Prove rules: what should be flagged is, what should pass does, a suggestion, applied, leaves nothing to flag.

    Without FILES: the shipped packs, and the house rules of the edition here. Each failure names file, line and
    code; “warning” marks what is allowed and rarely meant. Exit code 1 if a rule fails, 2 if a file cannot be read.

    \b
    Examples:
      obelos rules test
      obelos rules test rules/house.yaml
    """
    edition = find_edition(Path.cwd())
    own = files or (edition.house_rules() if edition else ())
    shipped = () if files else load_rules(shipped_packs())
    load_rules((), own)  # everything wrong with any of the files, at once
    tested = [(f"{pack}.yaml", tuple(r for r in shipped if r.pack == pack)) for pack in shipped_packs()]
    tested += [(str(path), load_rules((), [path])) for path in own]
    failures = [failure for where, of in tested for failure in prove(of, where)]
    for failure in failures:
        say(str(failure))
    for path, of in zip(own, (of for _, of in tested[len(shipped_packs()) :]), strict=True):
        for warning in (*warnings(read_bytes(path), path), *_borrowed(of, path)):
            say(f"warning: {warning}")
    count = sum(len(of) for _, of in tested)
    examples = sum(len(rule.flag) + len(rule.passing) for _, of in tested for rule in of)
    counts = (count, "rule"), (examples, "example"), (len(failures), "failure")
    say(", ".join(f"{number} {what}{'' if number == 1 else 's'}" for number, what in counts))
    return 1 if failures else 0


def _borrowed(of: Sequence[Rule], path: Path) -> list[Problem]:
    """Codes of shipped rules that a file gives to others: an edition that uses that pack would not load both."""
    shipped = {code: rule for rule in load_rules(shipped_packs()) for code in (rule.code, *rule.aliases)}
    return [
        Problem(str(path), rule.line, f"{code} is the code of {first.name} in the shipped pack {first.pack}")
        for rule in of
        for code in (rule.code, *rule.aliases)
        if (first := shipped.get(code)) and first.name != rule.name
    ]


@rules.command("kinds")
@click.argument("kind", required=False)
@click.option("--markdown", is_flag=True, help="The whole manual as a page in Markdown.")
def show_kinds(kind: str | None, markdown: bool) -> None:
    """Print the manual of the kinds of rules: what each is for, its keys, and a rule of that kind.

    \b
    Examples:
      obelos rules kinds
      obelos rules kinds confusable
    """
    from obelos_rules.kinds import SHIPPED, kind_named
    from obelos_rules.manual import manual, page, summary

    if markdown:
        click.echo(manual(), nl=False)
    elif kind is None:
        say(summary())
    elif found := kind_named(kind):
        say(page(found))
    else:
        raise BadInput.at("rules kinds", None, f"there is no kind “{kind}”{did_you_mean(kind, SHIPPED)}")
