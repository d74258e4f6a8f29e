"""Which of a document's stops are shown: one rule at a time, or by level, layer and state.

A sieve keeps an item that passes every criterion; a criterion that names nothing lets all pass.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

from obelos_rules import LEVELS, Rule
from obelos_transcripts import LAYERS, BadInput
from obelos_transcripts.schema import did_you_mean

from .shown import Item

State = Literal["open", "decided", "queried", "stale"]
STATES: tuple[State, ...] = get_args(State)
"""What has become of an item: nobody answered; answered; someone was asked; its decision matches nothing any more."""

OWN = "own"
"""Stands in the place of a rule's code for decisions on places of the editor's own choosing."""


def state_of(item: Item) -> State:
    """What has become of an item."""
    if item.stale:
        return "stale"
    if item.decision is None:
        return "open"
    return "queried" if item.decision.disposition == "query" else "decided"


def rule_of(item: Item) -> str:
    """Code of the rule that an item is about, `OWN` where it is about none."""
    if item.finding:
        return item.finding.code
    return (item.decision.rule if item.decision else None) or OWN


def layer_of(item: Item) -> str:
    """Layer that an item lies in; "" where neither a finding nor a decision says it."""
    if item.finding:
        return item.finding.layer
    return item.decision.place.layer if item.decision else ""


@dataclass(frozen=True)
class Sieve:
    """What is shown.

    Attributes:
        rules: Codes of rules, and `OWN`.
        levels: Of findings; a decision whose finding is gone has none, and passes only where no level is named.
    """

    rules: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def several(self) -> bool:
        """Whether a criterion names more than one."""
        return any(len(getattr(self, field.name)) > 1 for field in fields(self))

    def words(self) -> tuple[str, ...]:
        """The words by which `sieve_of` makes it."""
        return (*self.rules, *self.levels, *self.layers, *self.states)

    def keeps(self, item: Item) -> bool:
        """Whether an item is shown."""
        level = item.finding.level if item.finding else ""
        return (
            (not self.rules or rule_of(item) in self.rules)
            and (not self.levels or level in self.levels)
            and (not self.layers or layer_of(item) in self.layers)
            and (not self.states or state_of(item) in self.states)
        )

    def sift(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """The items shown, in their order."""
        return tuple(item for item in items if self.keeps(item))

    def counts(self, items: Iterable[Item]) -> Counter[str]:
        """How many items each rule would show, by code, all other criteria as they are."""
        return Counter(rule_of(item) for item in replace(self, rules=()).sift(items))

    def told(self) -> str:
        """The sieve in words, ``rule CF101, likely, open``; "" where it keeps all."""
        parts = [f"rule {', '.join(self.rules)}"] if self.rules else []
        parts += [" or ".join(named) for named in (self.levels, self.layers, self.states) if named]
        return ", ".join(parts)


ALL = Sieve()
"""Lets everything pass."""


def codes_in_order(rules: Sequence[Rule], counts: Counter[str]) -> list[str]:
    """Codes to work through: those with something to show first, in the order of the catalogue; `OWN` last."""
    known = dict.fromkeys((*(rule.code for rule in rules), *sorted(counts), OWN))
    codes = [*(code for code in known if code != OWN), OWN]
    return sorted(codes, key=lambda code: not counts[code])


def next_rule(sieve: Sieve, items: Sequence[Item], rules: Sequence[Rule], direction: int) -> Sieve | None:
    """The sieve with the next rule that shows anything, or the one before; going round. None where no rule does."""
    counts = sieve.counts(items)
    full = [code for code in codes_in_order(rules, counts) if counts[code]]
    if not full:
        return None
    at = full.index(sieve.rules[0]) if len(sieve.rules) == 1 and sieve.rules[0] in full else None
    if at is None:
        return replace(sieve, rules=(full[0 if direction > 0 else -1],))
    return replace(sieve, rules=(full[(at + direction) % len(full)],))


def sieve_of(words: Sequence[str], rules: Sequence[Rule]) -> Sieve:
    """The sieve that some words name, in any order: codes or names of rules, levels, layers, states.

    Raises:
        BadInput: A word names none of these.
    """
    codes = {name.casefold(): rule.code for rule in rules for name in (rule.code, rule.name, *rule.aliases)}
    codes[OWN] = OWN
    found: dict[str, list[str]] = {"rules": [], "levels": [], "layers": [], "states": []}
    for word in (word.casefold() for word in words):
        for field, names in (("levels", LEVELS), ("layers", LAYERS), ("states", STATES)):
            if word in names:
                found[field].append(word)
                break
        else:
            if word not in codes:
                hint = did_you_mean(word, (*codes, *LEVELS, *LAYERS, *STATES))
                what = f"“{word}” is no rule, level, layer or state{hint}"
                raise BadInput.at("filter", None, what)
            found["rules"].append(codes[word])
    return Sieve(**{field: tuple(dict.fromkeys(values)) for field, values in found.items()})
