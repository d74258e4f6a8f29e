"""``report``: the audit report of an edition, or of some of its documents."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, cast

import click

from obelos_history import Repository, Verdict
from obelos_history.files import atomic_write
from obelos_history.persons import Persons
from obelos_history.verify import verify
from obelos_transcripts import BadInput, Edition, Refused
from obelos_transcripts.edition import HISTORY, RULES, SETTINGS, TRANSCRIPTS

from ..audit.data import as_data
from ..audit.findings import findings_of
from ..audit.markdown import markdown
from ..audit.model import EditionReport, gather
from ..audit.page import page, pages
from ..recipes import recipe_of
from ..workplace import edition_here, repository_of, say

_Form = Literal["html", "md", "json"]
_SUFFIXES: dict[str, _Form] = {".html": "html", ".htm": "html", ".md": "md", ".json": "json"}


@click.command()
@click.argument("documents", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file; or to a folder, a page each.")
@click.option("--format", "form", type=click.Choice(["html", "md", "json"]), help="By default as the file's name says.")
@click.option("--no-proof", is_flag=True, help="Leave the proof out, which looks at every commit.")
@click.option("--no-check", is_flag=True, help="Leave out how many findings are open, which asks the rules.")
def report(documents: tuple[str, ...], output: Path | None, form: str | None, no_proof: bool, no_check: bool) -> int:
    """Write the audit report: states, decisions with their grounds, persons, what is open, the proof.

    One HTML page that holds everything, for reading and printing; or Markdown; or JSON. Where OUTPUT is a folder, it
    holds index.html and a page for each document: for large editions. Exit code 1 if the proof fails or the edition's
    policy is not kept; the report is written all the same.

    \b
    Examples:
      obelos report -o report.html
      obelos report chungking-456 --format md
      obelos report -o report/
    """
    edition = edition_here()
    for name in documents:
        edition.document(name)
    if output:
        _may_stand(edition, output)
    repository = repository_of(edition)
    names = documents or edition.names()
    verdicts = {} if no_proof else _proved(edition, repository, names)
    recipe = recipe_of(edition)
    rules = recipe.rules()
    findings = {} if no_check else findings_of(edition, recipe, rules, names)
    found = gather(edition, repository, documents, rules, verdicts, findings)
    chosen = cast(_Form, form) if form else _SUFFIXES.get(output.suffix.lower(), "html") if output else "html"
    persons = Persons(edition.settings.editors)
    if output and output.is_dir() and chosen != "html":
        raise BadInput.at(output, None, f"is a folder; {chosen} is one file, name it")
    if output and chosen == "html" and (output.is_dir() or not output.suffix):
        for name, lines in pages(found, persons):
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            atomic_write(output / name, _text(lines).encode())
        say(f"{output}: index.html, and a page for each of {len(found.documents)} documents")
    elif output:
        atomic_write(output, _written(found, persons, chosen).encode())
        say(f"{output}: {len(found.documents)} document{'' if len(found.documents) == 1 else 's'}")
    else:
        click.echo(_written(found, persons, chosen), nl=False)
    return 0 if found.holds and found.vetting.kept else 1


def _proved(edition: Edition, repository: Repository, names: Iterable[str]) -> dict[str, Verdict]:
    """The proofs; what cannot be read has none, and the report says why."""
    found = {}
    for name in names:
        try:
            found[name] = verify(edition, repository, name)
        except BadInput as error:
            say(f"obelos: {name}: {error}", err=True)
    return found


def _written(found: EditionReport, persons: Persons, form: _Form) -> str:
    if form == "json":
        return json.dumps(as_data(found), ensure_ascii=True, indent=1) + "\n"
    return _text(markdown(found, persons) if form == "md" else page(found, persons))


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _may_stand(edition: Edition, output: Path) -> None:
    """See that the report does not take the place of what the edition is made of.

    Raises:
        Refused: It would, or its folder is not there.
    """
    place = output.resolve()
    parts = place.relative_to(edition.root).parts if place.is_relative_to(edition.root) else ()
    if parts[:1] in ((TRANSCRIPTS,), (HISTORY,), (RULES,), (SETTINGS,), (".git",), (".gitattributes",)):
        raise Refused(f"{output} lies where the edition keeps its own files. Nothing was written; name another place.")
    if not place.parent.is_dir():
        raise Refused(f"{output.parent} is no folder. Nothing was written; make it first, or name another place.")
