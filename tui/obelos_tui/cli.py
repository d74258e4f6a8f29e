"""The command line: which command lives where, and what an error means for the exit code.

Exit codes: 0 fine, 1 findings or a failed verification, 2 usage or bad input, 3 refused by the state of the
repository, 70 our own fault. A command's module is loaded only when that command runs.
"""

import errno
import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from obelos_transcripts import BadInput, ObelosError, Refused, visible

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a disk says that takes no more; nobody's fault in the program."""

COMMANDS = {
    "demo": ("demo", "Make the sample edition and open it."),
    "init": ("found", "Make this folder an edition."),
    "add": ("found", "Add documents and witnesses."),
    "documents": ("documents", "List the documents and how they stand."),
    "review": ("review", "Review a document on the screen."),
    "serve": ("serve", "Open the edition in a browser."),
    "check": ("check", "List findings."),
    "learn": ("learn", "Count the edition, so that its habits are known."),
    "decide": ("decide", "Take one decision without the screen."),
    "undo": ("decide", "Take back the last decision not yet written."),
    "redo": ("decide", "Take again what was undone last."),
    "commit": ("decide", "Write and commit the decisions taken."),
    "withdraw": ("decide", "Take back an interrupted commit that cannot be finished."),
    "revert": ("decide", "Take a written decision back by a new one."),
    "adopt": ("decide", "Make decisions of changes made by hand."),
    "restore": ("decide", "Put the working text back where it was changed by hand."),
    "diff": ("diff", "Show where two versions differ, word by word."),
    "collate": ("collate", "Show where two or more versions differ, with an apparatus."),
    "log": ("log", "Show decisions and commits, newest first."),
    "show": ("log", "Show one decision or commit in full."),
    "blame": ("blame", "Tell who put each word there, and why."),
    "verify": ("verify", "Prove that base text + decisions = text."),
    "merge": ("together", "Merge another editor's branch: by decision, then by word."),
    "sync": ("together", "Fetch what others pushed, merge it, push yours."),
    "base": ("together", "Put a better transcription in the place of a base text."),
    "orphans": ("together", "List decisions that lost their place to a better base text."),
    "state": ("state", "Show how far documents have come, or record it."),
    "waiting": ("state", "List what waits for a second reader."),
    "approve": ("state", "Confirm decisions of another person."),
    "report": ("report", "Write the audit report of the edition."),
    "rules": ("rules", "Look at the rules, and prove them."),
    "config": ("config", "Show your own settings: theme and keys."),
    "trust": ("trust", "Trust this repository's own git settings."),
}


class _Commands(click.Group):
    """A group that knows its commands by name and imports them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"obelos_tui.commands.{module}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            from obelos_transcripts.schema import did_you_mean

            raise click.UsageError(f"there is no command “{visible(args[0])}”{did_you_mean(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="obelos", prog_name="obelos")
@click.pass_context
def obelos(ctx: click.Context) -> None:
    """Review transcriptions of historical documents: find likely errors, record what you decide about each,
    commit it with its grounds, and prove that nothing else was changed.

    Without a command: open the edition in this folder. Try “obelos demo” first.

    Exit codes: 0 fine · 1 findings, or a failed verification · 2 usage or bad input · 3 refused by the state
    of the repository · 70 a fault of Obelos.
    """
    if "NO_COLOR" in os.environ:
        ctx.color = False
    if ctx.invoked_subcommand is None:
        from .commands.review import open_screen

        open_screen(None)


def main() -> None:
    """Entry point of the ``obelos`` command."""
    # Rules and modules are made once and stay: looking for garbage among them costs a tenth of a start.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal or a pipe that has no curled quotes shows ? for them
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    try:
        outcome = obelos.main(arguments, prog_name="obelos", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        usage = error.ctx.get_usage() + "\n" if isinstance(error, click.UsageError) and error.ctx else ""
        click.echo(visible(f"{usage}obelos: {error.format_message()}", keep_lines=True), err=True)
        return 2
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in _FULL:
            return _our_fault()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"obelos: not everything could be written: {error.strerror}", err=True)
        return 2
    except ObelosError as error:
        click.echo(f"obelos: {visible(str(error), keep_lines=True)}", err=True)
        return 2 if isinstance(error, BadInput) else 3 if isinstance(error, Refused) else 70
    except Exception:
        return _our_fault()


def _our_fault() -> int:
    """Tell of the exception at hand."""
    import traceback

    click.echo(visible(traceback.format_exc(), keep_lines=True), err=True)
    click.echo(
        "obelos: this is a fault of Obelos, not of yours. Your decisions are kept. "
        "Please report it with the lines above.",
        err=True,
    )
    return 70
