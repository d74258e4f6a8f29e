"""Rules that point out likely errors of transcription: kinds are code, rules are data."""

from .engine import Checker, check
from .loader import load_rules, read_pack, shipped_packs
from .model import LEVELS, Example, Finding, Hit, Level, Rule
from .proof import Failure, prove
from .reading import Reading

__all__ = [
    "LEVELS",
    "Checker",
    "Example",
    "Failure",
    "Finding",
    "Hit",
    "Level",
    "Reading",
    "Rule",
    "check",
    "load_rules",
    "prove",
    "read_pack",
    "shipped_packs",
]
