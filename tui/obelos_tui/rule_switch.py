"""Switching a rule off for an edition with a reason, and on again: a commit of ``edition.yaml`` and of nothing else."""

from collections.abc import Callable, Sequence
from datetime import datetime

from obelos_history import Repository
from obelos_rules import Rule
from obelos_transcripts import BadInput, Edition, read_bytes
from obelos_transcripts.edition import SETTINGS, Off, settings_of
from obelos_transcripts.schema import did_you_mean

from .settings_file import with_rule_off, with_rule_on


def rule_named(named: str, rules: Sequence[Rule]) -> Rule:
    """The rule of a code, an older code or a name.

    Raises:
        BadInput: There is none.
    """
    known = {name.casefold(): rule for rule in rules for name in (rule.code, rule.name, *rule.aliases)}
    if named.casefold() not in known:
        hint = did_you_mean(named, [rule.code for rule in rules])
        raise BadInput.at("rules", None, f"there is no rule “{named}” in the packs of this edition{hint}")
    return known[named.casefold()]


def switch_off(
    edition: Edition, repository: Repository, rule: Rule, why: str, when: datetime
) -> tuple[Edition, str | None]:
    """Switch a rule off, and commit that; the edition as it is then, and the commit.

    Raises:
        BadInput: There is no reason, or the settings are written in a style of their own.
        Refused: The state of the repository forbids the commit; nothing was changed.
    """
    why = " ".join(why.split())
    if not why:
        raise BadInput.at("rules off", None, f"say why {rule.code} is switched off: it is read in the history")
    off = Off(rule.code, why)
    return _committed(
        edition,
        repository,
        lambda data: with_rule_off(data, off, edition.root / SETTINGS),
        f"Switch {rule.code} off ({' '.join(rule.name.split())})\n\n{why}\n\nObelos-Rule-Off: {rule.code}\n",
        when,
    )


def switch_on(
    edition: Edition, repository: Repository, code: str, why: str, when: datetime
) -> tuple[Edition, str | None]:
    """Ask a rule again that was switched off, and commit that; raises as `switch_off`."""
    reason = f"{' '.join(why.split())}\n\n" if why.strip() else ""
    return _committed(
        edition,
        repository,
        lambda data: with_rule_on(data, code, edition.root / SETTINGS),
        f"Switch {code} on again\n\n{reason}Obelos-Rule-On: {code}\n",
        when,
    )


def _committed(
    edition: Edition, repository: Repository, change: Callable[[bytes], bytes], message: str, when: datetime
) -> tuple[Edition, str | None]:
    path = edition.root / SETTINGS
    before = read_bytes(path)
    after = change(before)
    name = repository.prefix(path)
    reviewed = {name: repository.blob_id(before)}
    made = repository.commit({name: after}, message, reviewed=reviewed, person=repository.identity(), when=when)
    return Edition(edition.root, settings_of(after, path)), made
