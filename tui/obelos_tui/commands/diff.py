"""``diff``: two versions, word by word."""

from pathlib import Path

import click

from obelos_transcripts import Edition, Lines, find_edition, read_text, visible
from obelos_transcripts.variants import Variant, variants

from ..workplace import edition_here, say

_ROOM = 30


@click.command()
@click.argument("left")
@click.argument("right")
@click.option("--substantive", is_flag=True, help="Hide differences of punctuation, spacing and capitals.")
def diff(left: str, right: str, substantive: bool) -> int:
    """Show where two versions differ, word by word. Exit code 1 if they do.

    A version is DOCUMENT (its working text), DOCUMENT:SIGLUM (a witness), DOCUMENT@base (the base text), or a file.

    \b
    Example:
      obelos diff chungking-456 chungking-456:B
    """
    one, other = _version(left), _version(right)
    found = [
        v for v in variants(one, other) if not substantive or v.kind not in ("punctuation", "spacing", "capitalisation")
    ]
    lines = Lines(one)
    for variant in found:
        say(f"line {lines.at(variant.left.start)[0]:<4} {variant.kind:14} {_passage(one, other, variant)}")
    say(f"{len(found)} differences")
    return 1 if found else 0


def _passage(left: str, right: str, variant: Variant) -> str:
    start, end = variant.left
    before = left[max(0, start - _ROOM) : start].replace("\n", " ")
    after = left[end : end + _ROOM].replace("\n", " ")
    out, put = left[start:end], right[variant.right.start : variant.right.end]
    changed = (f"[-{out}-]" if out else "") + (f"{{+{put}+}}" if put else "")
    return visible(f"…{before}{changed}{after}…")


def _version(given: str) -> str:
    """The text of a version as named on the command line."""
    if Path(given).is_file():
        return read_text(Path(given))
    edition: Edition = find_edition(Path.cwd()) or edition_here()
    if given.endswith("@base"):
        return read_text(edition.document(given.removesuffix("@base")).base)
    name, _, siglum = given.partition(":")
    document = edition.document(name)
    if not siglum:
        return read_text(document.working if document.working.exists() else document.base)
    if siglum not in document.witnesses:
        from obelos_transcripts import BadInput
        from obelos_transcripts.schema import did_you_mean

        raise BadInput.at(name, None, f"there is no witness “{siglum}”{did_you_mean(siglum, document.witnesses)}")
    return read_text(document.witnesses[siglum])
