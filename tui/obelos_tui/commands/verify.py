"""``verify``: the proof, without the screen."""

import json
from datetime import UTC, datetime

import click

from obelos_history import Verdict, Verification
from obelos_history.last_seen import last_seen

from ..interrupts import Interrupts
from ..kept import kept_proofs
from ..progress import Progress
from ..proof import Whole, as_data, told, told_of, whole_as_data
from ..workplace import edition_here, repository_of, say
from .forms import print_json

STOPPED = 130


@click.command()
@click.argument("documents", nargs=-1)
@click.option(
    "--full", is_flag=True, help="Take nothing over from earlier runs: every commit, every file, every object."
)
@click.option(
    "--accept-history", "accept", is_flag=True, help="The history was rewritten, and I know: take it as it is now."
)
@click.option("--policy", is_flag=True, help="Also: who read it, who verified whom, what is open; is the policy kept?")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it.")
def verify(documents: tuple[str, ...], full: bool, accept: bool, policy: bool, form: str) -> int:
    """Prove that base text + decisions = text, byte for byte, on disk and in every commit.

    A word changed without a decision is named with its line, its commit and the person; so is a record that was
    changed or taken away, and a history that was rewritten since it was verified here. What was verified before is
    taken over as long as the objects it rests on are the same; the last line says so.

    Exit codes: 0 the proof holds, and with --policy the policy is kept · 1 it fails · 2 usage or bad input ·
    3 refused by the state of the repository · 130 stopped.

    \b
    Examples:
      obelos verify
      obelos verify chungking-456 --format json
      obelos verify --full
    """
    edition = edition_here()
    repository = repository_of(edition)
    asked = edition.settings.policy.signatures
    seen = last_seen(repository)
    accepted = None if accept else seen.accepted
    run = Verification(edition, repository, documents, keep=kept_proofs(), full=full, accepted=accepted)
    verdicts: list[Verdict] = []
    stopped = False
    with Interrupts() as interrupts, Progress(len(run.names)) as progress:
        try:
            for verdict in run:
                progress.at(verdict.document)
                progress.step()
                verdicts.append(verdict)
                if form == "text":
                    with interrupts.held(), progress.aside():
                        for line in told(verdict):
                            say(line)
        except KeyboardInterrupt:
            stopped = True
    whole = Whole(
        verdicts=tuple(verdicts),
        asked=len(run.names),
        taken_over=run.taken_over,
        since=run.since,
        unsound=run.unsound,
        rewritten=() if accept else seen.rewritten,
        forgotten=seen.lost,
        signatures=tuple(run.signatures()) if asked and not stopped else (),
        required=asked == "required",
        stopped=stopped,
    )
    if not stopped:
        seen.remember(datetime.now(UTC), frozenset(run.lost) if accept else None)
    found = None
    if policy and not stopped:
        from .. import vetted  # here: it loads the rules, which a proof does without

        found = vetted.vetted(edition, repository, documents)
    if form == "text":
        for line in (*told_of(whole), *(vetted.told(found) if found else ())):
            say(line)
    else:
        rows = [*map(as_data, verdicts), whole_as_data(whole)]
        if found and form == "json":
            click.echo(json.dumps({"version": 1, "proof": rows, "policy": vetted.as_data(found)}, indent=1))
        else:
            print_json([*rows, *([{"policy": vetted.as_data(found)}] if found else [])], form)
    if stopped:
        say(f"stopped after {len(verdicts)} of {len(run.names)} documents", err=True)
        return STOPPED
    return 0 if whole.holds and (found is None or found.kept) else 1
