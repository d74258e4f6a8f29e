"""The catalogue of an edition: its rules, those switched off too, each with its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from obelos_rules import Example, Rule
from obelos_transcripts import Edition, visible
from obelos_transcripts.edition import Off

from .recipes import recipe_of
from .rule_record import Record, decisions_of, offs, records
from .wording import field_line, shortened


@dataclass(frozen=True)
class Listed:
    """A rule of the catalogue.

    Attributes:
        off: Why it is switched off; None where it is asked.
    """

    rule: Rule
    record: Record
    off: Off | None

    @property
    def haystack(self) -> str:
        """What a filter looks through, in small letters."""
        rule = self.rule
        parts = [rule.code, rule.name, rule.kind, rule.level, rule.pack, rule.message, rule.why, *rule.aliases]
        return " ".join([*parts, "off" if self.off else "", str(self.record)]).casefold()


def catalogue(edition: Edition) -> tuple[Listed, ...]:
    """All rules of the packs in use and of the house, in the order of their packs.

    Raises:
        BadInput: A rule file or a decision cannot be read.
    """
    rules: Sequence[Rule] = recipe_of(edition).all_rules()
    known: Mapping[str, Record] = records(decisions_of(edition), rules)
    off = offs(edition)
    return tuple(Listed(rule, known.get(rule.code, Record()), _off(rule, off)) for rule in rules)


def _off(rule: Rule, off: Mapping[str, Off]) -> Off | None:
    return next((off[code] for code in (rule.code, *rule.aliases) if code in off), None)


def listed_line(listed: Listed) -> Content:
    """A rule in the list: off or not by a sign, code, level, name, record."""
    rule = listed.rule
    style = "$faint" if listed.off else ""
    return Content.assemble(
        ("✗ " if listed.off else "  ", "bold $accent"),
        (f"{visible(rule.code):<10} ", f"bold {style}".strip()),
        (f"{rule.level:<9}", "$faint"),
        (visible(rule.name), style),
        (f"  {listed.record}" if listed.record else "", "$faint"),
    )


def listed_details(listed: Listed) -> list[Content]:
    """A rule in full: what it says, why, on whose authority, what it flags and passes, its record."""
    rule = listed.rule
    lines = [Content.styled(f"{visible(rule.code)} {visible(rule.name)}", "bold")]
    if listed.off:
        why = visible(listed.off.why) or "no reason is given"
        lines.append(Content.styled(f"✗ switched off: {why}", "bold $accent"))
    lines.append(Content.styled(f"{rule.kind} · {rule.level} · pack {visible(rule.pack)}", "$faint"))
    lines += [Content(""), Content(visible(rule.message)), Content("")]
    lines += [Content(visible(line)) for line in rule.why.split("\n")]
    lines.append(Content(""))
    fields = {
        "authority": rule.authority,
        "layers": ", ".join(rule.layers),
        "once": ", ".join(rule.aliases),
        "record": str(listed.record) or "nothing has been decided on its findings yet",
    }
    lines += [field_line(label, value) for label, value in fields.items() if value]
    lines.append(Content(""))
    for example in rule.flag:
        better = "" if example.suggest is None else f"  → {example.suggest or '(nothing)'}"
        lines.append(_example_line("flags", example, better))
    lines += [_example_line("passes", example, "") for example in rule.passing]
    return lines


def _example_line(label: str, example: Example, better: str) -> Content:
    """An example with the words in question marked."""
    text, at = example.text, example.at
    start = text.find(at) if at else -1
    if start < 0:
        return Content.assemble((f"{label:<12}", "$faint"), shortened(text, 400), (visible(better), "bold"))
    before, after = text[max(0, start - 120) : start], text[start + len(at) : start + len(at) + 120]
    return Content.assemble(
        (f"{label:<12}", "$faint"),
        visible(before),
        (visible(at), "bold underline"),
        visible(after),
        (visible(better), "bold"),
    )
