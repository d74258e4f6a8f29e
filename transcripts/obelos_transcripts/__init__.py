"""Texts: decoding, layers, tokens, alignment of versions, the edition's files. Knows neither git nor screens.

Loaded when first asked for. Functions that have the name of their module are imported from there: `align.align`,
`agreement.agreement`, `moved.moved`, `variants.variants`.
"""

from typing import TYPE_CHECKING

from .errors import BadInput, ObelosError, Problem, Refused
from .later import later
from .text import Lines, Span, decode, encode, read_bytes, read_text
from .visible import visible

if TYPE_CHECKING:
    from .agreement import Agreement, ErrorRate, character_errors, word_errors
    from .align import Block, character_changes
    from .collation import Row, Table, collate, with_base
    from .edition import Document, Edition, Policy, Settings, check_name, find_edition
    from .estimate import Caught, Estimate, Keyings, chapman, errors_caught, errors_of_keyings
    from .layers import LAYERS, MASK, Layer, Layered, Note, Region, read_layers
    from .moved import Moved
    from .place import Place, place_of
    from .tokens import Token, tokenize
    from .variants import VARIANT_CLASSES, Variant, VariantClass

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
    "place_of",
    "read_bytes",
    "read_layers",
    "read_text",
    "tokenize",
    "visible",
    "with_base",
    "word_errors",
]

__getattr__ = later(
    __name__,
    {
        "agreement": ("Agreement", "ErrorRate", "character_errors", "word_errors"),
        "align": ("Block", "character_changes"),
        "collation": ("Row", "Table", "collate", "with_base"),
        "edition": ("Document", "Edition", "Policy", "Settings", "check_name", "find_edition"),
        "estimate": ("Caught", "Estimate", "Keyings", "chapman", "errors_caught", "errors_of_keyings"),
        "layers": ("LAYERS", "MASK", "Layer", "Layered", "Note", "Region", "read_layers"),
        "moved": ("Moved",),
        "place": ("Place", "place_of"),
        "tokens": ("Token", "tokenize"),
        "variants": ("VARIANT_CLASSES", "Variant", "VariantClass"),
    },
)
