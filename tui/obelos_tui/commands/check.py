"""``check``: findings, as a linter that people know."""

import json
from collections.abc import Sequence
from dataclasses import replace

import click

from obelos_rules import LEVELS, Level, Rule
from obelos_transcripts import BadInput, Edition, Refused
from obelos_transcripts.edition import Off
from obelos_transcripts.schema import did_you_mean

from ..across import across
from ..check_run import Run, Wanted
from ..recipes import recipe_of
from ..reports import FORMATS
from ..targets import edition_around, list_targets
from ..workplace import say


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--level", type=click.Choice(LEVELS), default="likely", help="The weakest level reported.")
@click.option("--rules", "codes", help="Only these rules: codes, names or kinds, separated by commas.")
@click.option("--pack", "packs", multiple=True, help="These packs instead of the edition's; may be repeated.")
@click.option("--insertions", is_flag=True, help="Also inside editorial brackets.")
@click.option("--all", "everything", is_flag=True, help="Also findings that have been answered by a decision.")
@click.option("--stale", is_flag=True, help="Instead of findings: decisions that no longer match anything.")
@click.option("--uneven", is_flag=True, help="Instead of findings: words decided differently at different places.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How to print it.")
@click.option("--name", help="What standard input is called, and whose decisions hold for it.")
@click.option("--by-rank", is_flag=True, help="Findings of each text by how often those of their rule were accepted.")
@click.option("--explain", metavar="CODE", help="Explain a rule and do nothing else.")
def check(
    paths: tuple[str, ...],
    level: Level,
    codes: str | None,
    packs: tuple[str, ...],
    insertions: bool,
    everything: bool,
    stale: bool,
    uneven: bool,
    form: str,
    name: str | None,
    by_rank: bool,
    explain: str | None,
) -> int:
    """List likely errors: in documents of the edition, in files, in all texts of a folder, or in - (standard input).

    Without a path: in every document of the edition here. A path may be a quoted pattern, of names of documents or of
    files; ** is any number of folders. Findings that a decision has answered are left out. Nothing is ever changed.

    Exit codes: 0 nothing found · 1 open findings, or with --stale or --uneven such decisions · 2 usage, or a text
    that could not be checked (the others are) · 130 stopped.

    \b
    Examples:
      obelos check
      obelos check 'chungking-*' letter.txt
      obelos check --level possible --format json 'letters/**/*.txt'
      obelos check --explain CF101
    """
    edition = edition_around((*paths, name) if name else paths)
    recipe = replace(recipe_of(edition, packs), level=level, insertions=insertions)
    known = recipe.rules()
    if explain:
        from ..explained import explain_rule, find_rule

        for line in explain_rule(find_rule(explain, known, "--explain")):
            say(line)
        return 0
    if uneven:
        return _tell_uneven(edition, known, form)
    if stale and packs:
        raise click.UsageError("--stale asks all rules of the edition; leave --pack out")
    rules = _chosen(known, codes, edition.settings.off if edition else ())
    if codes:
        recipe = replace(recipe, codes=tuple(rule.code for rule in rules))
    targets = list_targets(paths, edition, name)
    ranks = _ranks(edition, known) if by_rank else None
    wanted = Wanted(recipe, everything, not packs and not codes, across(targets, edition, rules), ranks)
    run = Run(targets, rules, wanted)
    return run.stale(form) if stale else run.findings(form)


def _ranks(edition: Edition | None, rules: Sequence[Rule]) -> dict[str, float]:
    from ..rule_record import decisions_of, records

    if edition is None:
        raise Refused("--by-rank asks the decisions of an edition, and there is none here")
    return {code: record.rank for code, record in records(decisions_of(edition), rules).items()}


def _chosen(rules: Sequence[Rule], codes: str | None, off: Sequence[Off]) -> Sequence[Rule]:
    if codes is None:
        return rules
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    names = [{rule.code, rule.name, rule.kind, *rule.aliases} for rule in rules]
    known = set[str]().union(*names)
    for code in wanted:
        if gone := next((one for one in off if one.code == code and code not in known), None):
            why = f": {gone.why}" if gone.why else ""
            raise BadInput.at("--rules", None, f"{code} is switched off{why}. “obelos rules on {code}” asks it again")
        if code not in known:
            hint = did_you_mean(code, sorted(known)) or "; “obelos rules list” lists them"
            raise BadInput.at("--rules", None, f"there is no rule and no kind “{code}”{hint}")
    if not wanted:
        raise BadInput.at("--rules", None, "names no rule; give codes, names or kinds, separated by commas")
    return [rule for rule, own in zip(rules, names, strict=True) if own.intersection(wanted)]


def _tell_uneven(edition: Edition | None, rules: Sequence[Rule], form: str) -> int:
    from ..rule_record import decisions_of
    from ..uneven import as_data, lines_of, uneven

    if edition is None:
        raise Refused("--uneven asks the decisions of an edition, and there is none here")
    if form not in ("text", "json"):
        raise BadInput.at("--format", None, "--uneven is told as text, json")
    found = uneven(decisions_of(edition), rules)
    if form == "json":
        click.echo(json.dumps(as_data(found), ensure_ascii=True, indent=1))
    else:
        for group in found:
            for line in lines_of(group):
                say(line)
        many = "nothing is" if not found else "one passage is" if len(found) == 1 else f"{len(found)} passages are"
        say(f"{many} decided in different ways")
    return 1 if found else 0
