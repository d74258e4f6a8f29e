"""``collate``: two or more versions beside each other."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from obelos_transcripts import BadInput, Edition, VariantClass, find_edition, visible
from obelos_transcripts.normal_forms import NONE
from obelos_transcripts.schema import did_you_mean

from ..comparisons.classes import classes_of
from ..comparisons.data import collation_data
from ..comparisons.errors import errors_data, errors_of, errors_told
from ..comparisons.flow import width
from ..comparisons.model import Collation
from ..version import Version
from ..versions import all_of, read_versions

FORMATS = ("text", "json", "csv", "html")


@click.command()
@click.argument("what", nargs=-1, metavar="[DOCUMENT | VERSION VERSION…]")
@click.option("--base", metavar="SIGLUM", help="The version that the others are compared with; else the first.")
@click.option("--class", "classes", metavar="CLASS,…", help="Only variants of these classes, as in diff.")
@click.option("--table", is_flag=True, help="As text: side by side in columns instead of an apparatus.")
@click.option("--all", "whole", is_flag=True, help="With --table and as CSV: also where all agree.")
@click.option("--adjudicated", metavar="SIGLUM", help="The version that is right; says what errors the others had.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to print it.")
def collate(
    what: tuple[str, ...],
    base: str | None,
    classes: str | None,
    table: bool,
    whole: bool,
    adjudicated: str | None,
    form: str,
) -> None:
    """Show where two or more versions differ: for each place the reading of the base, then the others with their sigla.

    A version is DOCUMENT (its working text), DOCUMENT:SIGLUM (a witness), DOCUMENT@base (the base text),
    DOCUMENT@REVISION or DOCUMENT:SIGLUM@REVISION (as it was in a commit; a tag or a date such as 2026-11-01 will do),
    a file, or - for standard input. One DOCUMENT alone is collated with all its witnesses.

    As text: an apparatus, or with --table columns. JSON holds the whole table: the cells of a column, joined, are that
    version, byte for byte. CSV has a row for each variant. HTML is one page to read or to print.

    With --adjudicated, besides that version: two keyings (the errors of each are counted), or a base text and two
    independent readings of it (the errors that neither caught are estimated; docs/collation.md says what that assumes).

    \b
    Examples:
      obelos collate chungking-456
      obelos collate chungking-456 chungking-456:B chungking-456@base --base B
      obelos collate 1859.txt 1860.txt 1861.txt --table --class substantive
      obelos collate chungking-456 --format html > chungking-456.html
      obelos collate letter@base letter:B letter:read letter --adjudicated text
    """
    if form != "text" and table:
        raise click.UsageError("--table is a form of text; leave --format out")
    if form == "json" and (classes or whole):
        raise click.UsageError(
            "JSON always holds the whole table, with the class of each row; leave --class and --all out"
        )
    if form in ("csv", "html") and adjudicated:
        raise click.UsageError("--adjudicated is told in text and JSON")
    wanted = classes_of(classes)
    edition = find_edition(Path.cwd())
    versions = read_versions(_asked(what, edition), edition)
    number = _base(base, versions)
    lists = edition.settings.variants if edition else NONE
    errors = errors_of(versions, number, adjudicated, lists) if adjudicated is not None else None
    collation = Collation(versions, number, lists)
    if form == "json":
        click.echo(json.dumps(collation_data(collation) | {"errors": errors and errors_data(errors)}))
        return
    click.echo(_told(collation, wanted, form, table, whole), nl=False)
    for line in errors_told(errors) if errors else ():
        click.echo(visible(line))


def _told(collation: Collation, wanted: Sequence[VariantClass], form: str, table: bool, whole: bool) -> str:
    if form == "csv":
        from ..comparisons.sheet import sheet_of_collation

        return sheet_of_collation(collation, wanted, whole)
    if form == "html":
        from ..comparisons.page import page

        return page(collation, wanted)
    if table:
        from ..comparisons.side_by_side import side_by_side

        lines = side_by_side(collation, width(), wanted, whole)
    else:
        from ..comparisons.apparatus import apparatus

        lines = apparatus(collation, width(), wanted)
    return "".join(f"{line}\n" for line in lines)


def _asked(what: Sequence[str], edition: Edition | None) -> Sequence[str]:
    """The versions asked for; of a document alone all that it has."""
    if not what:
        from ..workplace import document_name, edition_here

        edition = edition or edition_here()
        return all_of(edition.document(document_name(edition, None)))
    if len(what) > 1:
        return what
    if edition is not None and what[0] in edition.names():
        return all_of(edition.document(what[0]))
    raise click.UsageError("name a document, or two versions or more")


def _base(given: str | None, versions: Sequence[Version]) -> int:
    if given is None:
        return 0
    sigla = [version.siglum for version in versions]
    if given not in sigla:
        raise BadInput.at("--base", None, f"no version has the siglum “{given}”{did_you_mean(given, sigla)}")
    return sigla.index(given)
