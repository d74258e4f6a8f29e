"""Which rules hold in an edition."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from obelos_transcripts import Edition
from obelos_transcripts.edition import DEFAULT_PACKS, RULES, own

from .kept import kept_learned, kept_packs

# The first frame of the screen needs no rules, and does not pay for loading them.
if TYPE_CHECKING:
    from obelos_rules import Rule
    from obelos_rules.recipe import Recipe


def recipe_of(edition: Edition | None, packs: Sequence[str] = ()) -> "Recipe":
    """Which rules hold in an edition, or where there is none.

    Args:
        packs: Shipped packs instead of the edition's packs and house rules.
    """
    from obelos_rules.recipe import Recipe
    from obelos_rules.wordlist import NAME as WORDS

    learned = learned_of(edition) if edition else None
    off = tuple(one.code for one in edition.settings.off) if edition else ()
    if packs or edition is None:
        return Recipe(tuple(packs) or DEFAULT_PACKS, kept=kept_packs(), off=off, learned=learned)
    words = own(edition.root / RULES / WORDS)
    return Recipe(
        edition.settings.packs,
        edition.house_rules(),
        words=words if words.exists() else None,
        kept=kept_packs(),
        forms=edition.settings.variants,
        off=off,
        learned=learned,
    )


def learned_of(edition: Edition) -> Path | None:
    """The file of what an edition has taught; None where nothing was learned, or it wants nothing learned."""
    file = kept_learned(edition.root) if edition.settings.learn else None
    return file if file and file.exists() else None


def rules_of(edition: Edition | None) -> "tuple[Rule, ...]":
    """The packs and house rules of an edition, without the rules switched off; the default packs without an edition."""
    return recipe_of(edition).rules()
