"""``rules``: looking at the catalogue, and proving it."""

from pathlib import Path

import click

from obelos_rules import Rule, load_rules, prove, shipped_packs
from obelos_transcripts import BadInput, find_edition
from obelos_transcripts.schema import did_you_mean

from ..workplace import rules_of, say


@click.group()
def rules() -> None:
    """Look at the rules, and prove that they flag and pass what they should."""


def _rules(everything: bool) -> tuple[Rule, ...]:
    if everything:
        return load_rules(shipped_packs())
    return rules_of(find_edition(Path.cwd()))


@rules.command("list")
@click.option("--all", "everything", is_flag=True, help="All shipped packs, not only those of the edition.")
def list_rules(everything: bool) -> None:
    """List the rules that hold here: code, level, pack, name."""
    for rule in _rules(everything):
        say(f"{rule.code:6} {rule.level:8} {rule.pack:11} {rule.kind:12} {rule.name}")


@rules.command("show")
@click.argument("code")
def show_rule(code: str) -> None:
    """Show one rule: what it says, why, on whose authority, what it flags and what it passes."""
    known = {name: rule for rule in _rules(False) for name in (rule.code, rule.name, *rule.aliases)}
    known = {**{n: r for r in load_rules(shipped_packs()) for n in (r.code, r.name, *r.aliases)}, **known}
    rule = known.get(code) or known.get(code.upper())
    if rule is None:
        raise BadInput.at("rules show", None, f"there is no rule “{code}”{did_you_mean(code.upper(), known)}")
    say(f"{rule.code} {rule.name} · {rule.kind} · {rule.level} · pack {rule.pack}")
    say(f"  layers     {', '.join(rule.layers)}")
    say(f"  says       {rule.message}")
    say(f"  why        {rule.why}")
    say(f"  authority  {rule.authority}")
    for example in rule.flag:
        suggest = f" → {example.suggest}" if example.suggest is not None else ""
        say(f"  flags      {example.text}   [{example.at}]{suggest}")
    for example in rule.passing:
        say(f"  passes     {example.text}")


@rules.command("test")
@click.argument("packs", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def test_rules(packs: tuple[Path, ...]) -> int:
    """Run every example of every rule: what should be flagged is, what should pass does, and a suggestion,
    applied, leaves nothing to flag. Name pack files to prove your own."""
    tested = load_rules((), packs) if packs else load_rules(shipped_packs())
    failures = prove(tested)
    for failure in failures:
        say(str(failure))
    examples = sum(len(rule.flag) + len(rule.passing) for rule in tested)
    say(f"{len(tested)} rules, {examples} examples, {len(failures)} failures")
    return 1 if failures else 0
