"""``diff``: two versions, word by word."""

import json
from pathlib import Path

import click

from obelos_transcripts import VARIANT_CLASSES, find_edition
from obelos_transcripts.normal_forms import NONE

from ..comparisons.changes import Difference, changes
from ..comparisons.classes import classes_of
from ..comparisons.flow import width
from ..versions import read_versions
from .collate import FORMATS


@click.command()
@click.argument("left")
@click.argument("right")
@click.option(
    "--class",
    "classes",
    metavar="CLASS,…",
    help=f"Only differences of these classes: {', '.join(VARIANT_CLASSES)}; accidental means all but the first.",
)
@click.option("--substantive", is_flag=True, help="The same as --class substantive.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to print it.")
def diff(left: str, right: str, classes: str | None, substantive: bool, form: str) -> int:
    """Show where two versions differ, word by word: [-gone-]{+new+}, each with its class.

    A version is DOCUMENT (its working text), DOCUMENT:SIGLUM (a witness), DOCUMENT@base (the base text),
    DOCUMENT@REVISION or DOCUMENT:SIGLUM@REVISION (as it was in a commit; a tag or a date such as 2026-11-01 will do),
    a file, or - for standard input.

    Exit codes: 0 no difference (of the classes asked for) · 1 some.

    \b
    Examples:
      obelos diff chungking-456@base chungking-456
      obelos diff chungking-456 chungking-456:B --substantive
      obelos diff chungking-456@HEAD~3 chungking-456 --format json
    """
    if classes and substantive:
        raise click.UsageError("--substantive and --class say the same; take one of them")
    wanted = classes_of("substantive" if substantive else classes)
    edition = find_edition(Path.cwd())
    one, other = read_versions((left, right), edition)
    lists = edition.settings.variants if edition else NONE
    found = Difference(one, other, lists)
    if form == "json":
        from ..comparisons.data import difference_data

        click.echo(json.dumps(difference_data(found, wanted)))
    elif form == "csv":
        from ..comparisons.sheet import sheet_of_differences

        click.echo(sheet_of_differences(found, wanted), nl=False)
    elif form == "html":
        from ..comparisons.model import Collation
        from ..comparisons.page import page

        click.echo(page(Collation((one, other), 0, lists), wanted), nl=False)
    else:
        click.echo("".join(f"{line}\n" for line in changes(found, width(), wanted)), nl=False)
    return 1 if any(variant.kind in wanted for variant in found.variants) else 0
