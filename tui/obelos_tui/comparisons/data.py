"""Collations and differences as JSON: a contract, written down in docs/formats.md.

What is added keeps the version, a change does not. Everything outside ASCII is escaped.
"""

from collections.abc import Sequence
from typing import Any

from obelos_transcripts import Lines, VariantClass
from obelos_transcripts.agreement import Agreement, ErrorRate, character_errors, word_errors
from obelos_transcripts.moved import Moved

from ..version import Version
from .changes import Difference
from .model import Collation

VERSION = 1


def collation_data(collation: Collation) -> dict[str, Any]:
    """A collation as plain values; the cells of a column, joined, are that version."""
    table = collation.table
    return {
        "version": VERSION,
        "witnesses": collation.sigla,
        "base": collation.base.siglum,
        "titles": [version.title for version in collation.versions],
        "table": [table.readings(row) for row in table.rows],
        "classes": collation.classes,
        "groups": [list(row.groups) for row in table.rows],
        "counts": collation.counts,
        "moved": [
            {"witness": collation.sigla[number], "base": list(passage.left), "place": list(passage.right)}
            for number, passage in collation.moved
        ],
        "agreement": [
            {"witness": collation.sigla[number], **_agreement(found)} for number, found in collation.agreements
        ],
    }


def difference_data(found: Difference, wanted: Sequence[VariantClass]) -> dict[str, Any]:
    """The differences of two versions as plain values."""
    lines, others = Lines(found.left.text), Lines(found.right.text)
    return {
        "version": VERSION,
        "left": _version(found.left),
        "right": _version(found.right),
        "variants": [
            {
                "class": variant.kind,
                "left": found.left.text[slice(*variant.left)],
                "right": found.right.text[slice(*variant.right)],
                **_place("left", variant.left, lines),
                **_place("right", variant.right, others),
            }
            for variant in found.variants
            if variant.kind in wanted
        ],
        "counts": found.counts,
        "moved": [_moved(passage) for passage in found.moved],
        "agreement": {
            "characters": _rate(character_errors(found.left.text, found.right.text)),
            "words": _rate(word_errors(found.left.text, found.right.text)),
        },
    }


def _version(version: Version) -> dict[str, str]:
    return {"siglum": version.siglum, "title": version.title}


def _place(side: str, span: tuple[int, int], lines: Lines) -> dict[str, int]:
    line, column = lines.at(span[0])
    return {f"{side}_line": line, f"{side}_column": column, f"{side}_start": span[0], f"{side}_end": span[1]}


def _moved(passage: Moved) -> dict[str, list[int]]:
    return {"left": list(passage.left), "right": list(passage.right)}


def _agreement(found: Agreement) -> dict[str, Any]:
    return {"characters": _rate(found.characters), "words": _rate(found.words), "places": found.places}


def _rate(rate: ErrorRate) -> dict[str, Any]:
    return {"errors": rate.errors, "length": rate.length, "rate": rate.rate, "exact": rate.exact}
