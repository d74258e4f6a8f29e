"""``serve``: the same desk in a browser."""

import asyncio
import secrets
import sys
from importlib.util import find_spec

import click

from obelos_history import Repository
from obelos_transcripts import Refused

from ..workplace import edition_here, finished, person_named, say

_LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--host", default=_LOOPBACK, metavar="ADDRESS", help="Where to listen; by default this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default one that is free.")
@click.option("--as", "person", metavar="'NAME <MAIL>'", help="Whose decisions they are that visitors take.")
@click.option("--read-only", is_flag=True, help="Visitors can look at everything and decide nothing.")
def serve(host: str, port: int, person: str | None, read_only: bool) -> None:
    """Open the edition here in a browser: yours, or a colleague's through an SSH tunnel.

    The address that is printed holds a token; whoever has it works here. Every visitor gets a process of their own, and
    of two who open one document the second reads only. It ends with ctrl+c; what was decided is kept.

    Nothing is encrypted. For a colleague elsewhere leave --host alone, and let them come by
    “ssh -L 8000:127.0.0.1:8000 your-machine”, with --port 8000.

    \b
    Examples:
      obelos serve
      obelos serve --port 8000 --as 'Ada Example <ada@example.org>'
      obelos serve --read-only
    """
    if find_spec("textual_serve") is None:
        raise Refused(
            "the browser needs a part that is not installed. Install Obelos with it: uv tool install 'obelos[serve]', "
            "or pip install textual-serve where Obelos is"
        )
    edition = edition_here()
    repository = Repository.open(edition.root)
    for notice in finished(repository):
        say(notice, err=True)
    who = person_named(person) if person else None if read_only else repository.identity()
    from ..served.guard import is_loopback
    from ..served.server import Server

    # -P: nothing of the edition, in whose folder this runs, is taken for a module.
    arguments = [sys.executable, "-P", "-m", "obelos_tui", "review"]
    if person:
        arguments += ["--as", person]
    if read_only:
        arguments += ["--read-only"]
    title = edition.settings.title or "Obelos"
    server = Server(arguments, title, secrets.token_urlsafe(24), host, port)

    def told(address: str) -> None:
        say(f"{title} is at {address}")
        if not is_loopback(host):
            say("Anybody who sees the traffic of this network can read the address and all that is shown.", err=True)
        say(f"Decisions taken there are those of {who}." if who else "Visitors can look, and decide nothing.")
        say("ctrl+c ends it.")
        sys.stdout.flush()

    asyncio.run(server.run(told))
    say("Ended. What was decided is kept.")
