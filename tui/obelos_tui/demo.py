"""The sample edition as a real git repository, and the whole job on it by plain commands."""

import shlex
import shutil
import sys
from collections.abc import Mapping
from contextlib import chdir
from importlib.resources import files
from pathlib import Path

from obelos_history import Person, Repository, dump_record
from obelos_history.founding import first_record
from obelos_transcripts import BadInput, Edition, Refused, find_edition
from obelos_transcripts.edition import ATTRIBUTES, SETTINGS

from .clock import now

DOCUMENT = "chungking-456"
SAMPLE_EDITOR = Person("Sample Editor", "editor@example.org")

STEPS = (
    ("What the rules find in the telegram", "check"),
    ("Where the second keying, witness B, differs in substance", f"diff {DOCUMENT} {DOCUMENT}:B --substantive"),
    (
        "A correction: the transcription is wrong, as witness B shows",
        f"decide {DOCUMENT} --at bane --correct base --note 'The other keying reads base.'"
        " --cert high --evidence external --source B",
    ),
    (
        "Another",
        f"decide {DOCUMENT} --at 'would the run' --correct 'would then run' --note 'The other keying reads then.'"
        " --cert high --evidence external --source B",
    ),
    (
        "An emendation: both keyings have it so, the source itself seems garbled",
        f"decide {DOCUMENT} --at 'this may be sop' --emend 'which may be a sop' --cert low --evidence conjecture"
        " --fault transmission --note 'Small words lost, perhaps on the wire; both keyings read so.'",
    ),
    (
        "A query: the keyings differ in a number, and only the file can tell",
        f"decide {DOCUMENT} --at '495, 494, and 495' --query --source B"
        " --note 'One number is listed twice; B has 493 for the first. Ask for the file copy.'",
    ),
    ("Writing: text, decisions and notes in one commit", "commit"),
    ("The history", f"log {DOCUMENT}"),
    ("Who put these words here", f"blame {DOCUMENT}"),
    ("The proof that nothing else was changed", "verify"),
)
"""What the demonstration does, in words and as commands."""


def new_folder(given: Path | None) -> Path:
    """The folder to make the sample in: the one given, or a new one in the person's home.

    Raises:
        Refused: The folder given is there already and not empty.
    """
    if given is not None:
        if given.exists() and (not given.is_dir() or any(given.iterdir())):
            raise Refused(
                f"{given} is there already and not empty. Nothing was changed. Name another folder"
                + (f", or open the edition that is there: {_type_there(given)}" if (given / SETTINGS).exists() else ".")
            )
        return given
    number = 1
    while (folder := Path.home() / (f"obelos-sample{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    return folder


def make_sample(folder: Path) -> Edition:
    """Write the sample edition into a new git repository and commit it; the edition."""
    sample = files("obelos_tui") / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository.create(folder)
    if not _knows_the_person(repository):
        repository.sign_as(SAMPLE_EDITOR)
    names = ("edition.yaml", "README.md")
    settings = {".gitattributes": ATTRIBUTES.encode(), **{name: (sample / name).read_bytes() for name in names}}
    _commit(repository, settings, "Found the edition\n")
    base, place = (sample / "base.txt").read_bytes(), f"transcripts/{DOCUMENT}"
    first = first_record(repository, DOCUMENT, base, SAMPLE_EDITOR, now(), repository.tip())
    document = {
        f"{place}/base.txt": base,
        f"{place}/text.txt": base,
        f"{place}/B.txt": (sample / "B.txt").read_bytes(),
        f"{place}/document.yaml": (sample / "document.yaml").read_bytes(),
        f"history/{DOCUMENT}/{first.id}.yaml": dump_record(first),
    }
    _commit(repository, document, f"{DOCUMENT}: add base text and witness B\n")
    edition = find_edition(folder)
    if edition is None:
        raise BadInput.at(folder, None, "the sample edition could not be read back")
    return edition


def _commit(repository: Repository, files: Mapping[str, bytes], message: str) -> None:
    repository.commit(dict(files), message, reviewed=dict.fromkeys(files), person=SAMPLE_EDITOR, when=now())


def _knows_the_person(repository: Repository) -> bool:
    try:
        repository.identity()
    except Refused:
        return False
    return True


def how_to_open(folder: Path) -> str:
    """Where the sample is and what to type, also where the command is not on the search path."""
    return f"The sample edition is in {folder}. Open it again: {_type_there(folder)}"


def _type_there(folder: Path) -> str:
    command = "obelos" if shutil.which("obelos") else str(Path(sys.argv[0]).resolve())
    return f"cd {folder} && {command}"


def run_by_commands(folder: Path) -> int:
    """Do the whole job in the sample by plain commands, each shown with what it prints; 0 when all went well."""
    import click

    from .cli import run

    with chdir(folder):
        for number, (what, command) in enumerate(STEPS, 1):
            click.echo(f"\n{number}. {what}\n$ obelos {command}")
            code = run(shlex.split(command))
            # check and diff say by exit code 1 that they found something, which here they should.
            if code != (1 if command.startswith(("check", "diff")) else 0):
                click.echo(f"The demonstration stopped: this command ended with exit code {code}.", err=True)
                return code or 70
    click.echo(f"\n{how_to_open(folder)}")
    return 0
