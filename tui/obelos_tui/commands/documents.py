"""``documents``: the desk, without the screen."""

import json
import sys
from contextlib import closing

import click

from obelos_history import STATES, Repository
from obelos_transcripts import Edition

from ..desk import Desk
from ..desk_list import IS, SORTS, Filter, listed, read_filter
from ..desk_row import DeskRow, Totals, told, totals
from ..progress import Progress
from ..recipes import recipe_of
from ..workplace import edition_here, say


@click.command()
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Only documents in this state.")
@click.option("--with", "kinds", type=click.Choice(list(IS)), multiple=True, help="Only documents that are so.")
@click.option("--by", "people", multiple=True, help="Only documents that this person decided on last; a part will do.")
@click.option("--find", "line", default="", help="Words and conditions, as in the line of the screen.")
@click.option("--sort", type=click.Choice(list(SORTS)), default="name", help="What they are sorted by.")
@click.option("--reverse", is_flag=True, help="In the opposite order.")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it.")
def documents(
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    people: tuple[str, ...],
    line: str,
    sort: str,
    reverse: bool,
    form: str,
) -> int:
    """List the documents: state, open findings by level, questions, unwritten decisions, last change and by whom.

    Only what changed since the last time is looked at. Nothing is ever changed. Conditions of different kinds must
    all hold; of one kind, any. --find takes them too: state:draft is:open level:certain by:NAME, and words of name
    and title, also misspelt ones.

    Exit codes: 0 fine · 1 a document cannot be read · 2 usage.

    \b
    Examples:
      obelos documents --with open --sort open
      obelos documents --state draft --by ada
      obelos documents --find 'nanking is:asked' --format json
    """
    asked = read_filter(line)
    wanted = Filter(
        asked.words,
        (*asked.state, *states),
        (*asked.is_, *kinds),
        asked.level,
        (*asked.by, *(person.casefold() for person in people)),
    )
    edition = edition_here()
    recipe = recipe_of(edition)
    desk = Desk(edition, Repository.open(edition.root), recipe.rules(), recipe=recipe)
    rows = _looked_at(desk)
    shown = listed(rows, wanted, sort, backwards=reverse)
    if form == "text":
        _print(edition, shown, totals(rows), every=not wanted)
    elif form == "jsonl":
        for row in shown:
            click.echo(json.dumps(row.as_data(), ensure_ascii=True))
    else:
        data = {"format": "obelos-documents/1", "documents": [row.as_data() for row in shown]}
        click.echo(json.dumps(data, ensure_ascii=True, indent=1))
    return 1 if any(row.trouble for row in shown) else 0


def _looked_at(desk: Desk) -> list[DeskRow]:
    rows: dict[str, DeskRow] = {}
    with closing(desk.look()) as looking:
        listing = next(looking)
        rows = {row.name: row for row in listing.rows}
        with Progress(len(rows)) as progress:
            for step in looking:
                for row in step.rows:
                    rows[row.name] = row
                    progress.at(row.name)
                    progress.step()
    return list(rows.values())


def _print(edition: Edition, shown: list[DeskRow], sums: Totals, *, every: bool) -> None:
    width = max((len(row.name) for row in shown), default=8)
    if shown:
        heads = f"{'document':<{width}}  state      certain  likely  possible  asked  unwritten  last        by"
        say(heads)
    for row in shown:
        if row.trouble:
            say(f"{row.name:<{width}}  cannot be read")
            continue
        counts = f"{row.certain:>7}  {row.likely:>6}  {row.possible:>8}  {row.queries:>5}  {row.pending:>9}"
        say(f"{row.name:<{width}}  {row.state:<9}  {counts}  {row.when[:10]:<10}  {row.person}".rstrip())
    for row in shown:
        if row.trouble:
            say(f"obelos: {row.name}: {row.trouble}", err=True)
    if shown:
        say()
    states = ", ".join(f"{count} {state}" for state in STATES if (count := sums.states.get(state)))
    if not every:
        say(f"{len(shown):,} of {sums.documents:,} listed")
    say("".join(told(sums)) + (f" · {states}" if states else ""))
    sys.stdout.flush()
