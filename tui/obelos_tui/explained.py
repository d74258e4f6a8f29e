"""A rule in words: what it says, why, on whose authority, what it flags and what it passes."""

from collections.abc import Iterable, Iterator

from obelos_rules import Rule, load_rules, shipped_packs
from obelos_transcripts import BadInput
from obelos_transcripts.schema import did_you_mean


def find_rule(code: str, rules: Iterable[Rule], asked: str) -> Rule:
    """The rule of a code, name or older code: among the rules here, then among all that are shipped.

    Raises:
        BadInput: There is none; ``asked`` says who wants to know.
    """
    shipped = load_rules(shipped_packs())
    known = {name: rule for rule in (*shipped, *rules) for name in (rule.code, rule.name, *rule.aliases)}
    rule = known.get(code) or known.get(code.upper())
    if rule is None:
        raise BadInput.at(asked, None, f"there is no rule “{code}”{did_you_mean(code.upper(), known)}")
    return rule


def explain_rule(rule: Rule) -> Iterator[str]:
    """The rule, line by line."""
    yield f"{rule.code} {rule.name} · {rule.kind} · {rule.level} · pack {rule.pack}"
    yield f"  layers     {', '.join(rule.layers)}"
    if rule.aliases:
        yield f"  formerly   {', '.join(rule.aliases)}"
    yield f"  says       {rule.message}"
    yield f"  why        {rule.why}"
    yield f"  authority  {rule.authority}"
    for example in rule.flag:
        suggest = f" → {example.suggest}" if example.suggest is not None else ""
        yield f"  flags      {example.text}   [{example.at}]{suggest}"
    for example in rule.passing:
        yield f"  passes     {example.text}"
