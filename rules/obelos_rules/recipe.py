"""Which rules a run checks with, as data: it can be sent to another process, and told apart from any other by a hash.

Two runs with the same digest find the same in the same text: the digest covers the bytes of all rule files, the
choice among them, and the program itself.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from obelos_transcripts.normal_forms import NONE, Lists

from .engine import Checker
from .kept_packs import kept_pack, program
from .loader import load_rules, read_pack, rule_files
from .model import Level, Rule


@dataclass(frozen=True)
class Recipe:
    """Packs, house rules, and the choice among them.

    Attributes:
        packs: Names of shipped packs.
        house: Files of house rules.
        words: The edition's own list of words.
        level: The weakest level reported.
        codes: Only the rules of these codes; None for all.
        insertions: Whether rules for the body hold inside editorial brackets, too.
        kept: Folder where packs are kept after they were read; None for none.
        off: Codes of rules that the edition has switched off; older codes count as well.
        forms: What the edition takes for one word when witnesses are compared, besides what is shipped.
        learned: File of what the edition has taught; None where nothing was learned.
    """

    packs: tuple[str, ...]
    house: tuple[Path, ...] = ()
    level: Level = "likely"
    codes: tuple[str, ...] | None = None
    insertions: bool = False
    words: Path | None = None
    kept: Path | None = None
    forms: Lists = NONE
    off: tuple[str, ...] = ()
    learned: Path | None = None

    def rules(self) -> tuple[Rule, ...]:
        """The rules chosen, of every level, without those switched off.

        Raises:
            BadInput: With every problem of every file.
        """
        found = self.all_rules()
        if self.off:
            found = tuple(rule for rule in found if not {rule.code, *rule.aliases}.intersection(self.off))
        return found if self.codes is None else tuple(rule for rule in found if rule.code in self.codes)

    def all_rules(self) -> tuple[Rule, ...]:
        """The rules of the packs and of the house, those switched off too; raises as `rules` does."""
        return load_rules(self.packs, self.house, words=self.words, read=partial(_pack, self.kept))

    def checker(self, rules: Sequence[Rule] | None = None) -> Checker:
        """The rules, ready for many texts; raises as `rules` does. ``rules``: what `rules` gave before."""
        return Checker(
            self.rules() if rules is None else rules,
            self.level,
            insertions=self.insertions,
            forms=self.forms,
            learned=self.learned,
        )

    def digest(self) -> bytes:
        """32 bytes that stand for what this recipe finds.

        Raises:
            BadInput: A rule file cannot be read.
        """
        total = sha256(program())
        for name, data in rule_files(self.packs, self.house, self.words):
            total.update(f"{name}\0{len(data)}\0".encode())
            total.update(data)
        total.update(repr((self.level, self.codes, self.insertions, self.forms, self.off)).encode())
        if self.learned:
            with suppress(OSError):
                total.update(sha256(self.learned.read_bytes()).digest())
        return total.digest()


_MOST_PACKS = 32
_read: dict[tuple[bytes, str, str], tuple[Rule, ...]] = {}


def _pack(kept: Path | None, data: bytes, where: str, name: str) -> tuple[Rule, ...]:
    """The rules of one file. In one process the same bytes give the same rules, with all that was made of them."""
    key = (sha256(data).digest(), where, name)
    rules = _read.get(key)
    if rules is None:
        rules = kept_pack(kept, data, where, name) if kept else read_pack(data, where, name)
        if len(_read) >= _MOST_PACKS:
            _read.clear()
        _read[key] = rules
    return rules
