"""Texts: decoding, layers, tokens, alignment of versions, the edition's files. Knows neither git nor screens.

Collation is loaded when it is first asked for: a check does without. The function `agreement.agreement` has the name
of its module and is imported from there.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .align import Block, align, character_changes
from .edition import Document, Edition, Policy, Settings, check_name, find_edition
from .errors import BadInput, ObelosError, Problem, Refused
from .layers import LAYERS, MASK, Layer, Layered, Note, Region, read_layers
from .moved import Moved, moved
from .place import Place, place_of
from .text import Lines, Span, decode, encode, read_bytes, read_text
from .tokens import Token, tokenize
from .variants import VARIANT_CLASSES, Variant, VariantClass, variants
from .visible import visible

if TYPE_CHECKING:
    from .agreement import Agreement, ErrorRate, character_errors, word_errors
    from .collation import Row, Table, collate, with_base
    from .estimate import Caught, Estimate, Keyings, chapman, errors_caught, errors_of_keyings

__all__ = [
    "LAYERS",
    "MASK",
    "VARIANT_CLASSES",
    "Agreement",
    "BadInput",
    "Block",
    "Caught",
    "Document",
    "Edition",
    "ErrorRate",
    "Estimate",
    "Keyings",
    "Layer",
    "Layered",
    "Lines",
    "Moved",
    "Note",
    "ObelosError",
    "Place",
    "Policy",
    "Problem",
    "Refused",
    "Region",
    "Row",
    "Settings",
    "Span",
    "Table",
    "Token",
    "Variant",
    "VariantClass",
    "align",
    "chapman",
    "character_changes",
    "character_errors",
    "check_name",
    "collate",
    "decode",
    "encode",
    "errors_caught",
    "errors_of_keyings",
    "find_edition",
    "moved",
    "place_of",
    "read_bytes",
    "read_layers",
    "read_text",
    "tokenize",
    "variants",
    "visible",
    "with_base",
    "word_errors",
]

_LATER = {
    "agreement": ("Agreement", "ErrorRate", "character_errors", "word_errors"),
    "collation": ("Row", "Table", "collate", "with_base"),
    "estimate": ("Caught", "Estimate", "Keyings", "chapman", "errors_caught", "errors_of_keyings"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
