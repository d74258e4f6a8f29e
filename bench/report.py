"""The audit report of a large edition: CPU time and size, without the proof, which is `verify`'s to measure.

    python bench/report.py [--documents 2000] [--decisions 10]

Makes an edition of so many made-up documents of 3,000 characters with so many decisions each, by two persons, in two
commits, and writes its report: as one page with and without asking the rules, again with what was kept, as a folder.
Figures are of one run: CPU seconds (user + system, child processes included), and megabytes written.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from obelos_history import Decision, Judgement, Person, Repository, dump, replay
from obelos_history.placing import Ground, placed
from obelos_transcripts import Refused, Span

TEXT = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from Russia Japan "
    "telegram Government Dairen railway operations influence party communist base"
)
WORDS = TEXT.split()
PEOPLE = (Person("Ada Example", "ada@example.org"), Person("Ben Example", "ben@example.org"))
SETTINGS = b"title: A large made-up edition\npolicy:\n  second_reader: [correct, emend]\n"


def make(folder: Path, documents: int, decisions: int) -> None:
    """The edition."""
    drawn = random.Random(1)
    now = datetime(2024, 1, 1, 9, tzinfo=UTC)
    repository = Repository.create(folder)
    texts = {f"letter-{n:05d}": _text(drawn) for n in range(documents)}
    taken: dict[str, list[Decision]] = {name: [] for name in texts}
    changes: dict[str, bytes | None] = {"edition.yaml": SETTINGS}
    for name, text in texts.items():
        changes |= dict.fromkeys((f"transcripts/{name}/base.txt", f"transcripts/{name}/text.txt"), text.encode())
    repository.commit(changes, "Add\n", reviewed=dict.fromkeys(changes), person=PEOPLE[0], when=now)
    for person in PEOPLE:
        changes, reviewed = {}, {}
        for name, text in texts.items():
            now += timedelta(minutes=7)
            base = repository.blob_id(text.encode())
            working = f"transcripts/{name}/text.txt"
            reviewed[working] = repository.blob_id(replay(text, base, taken[name]).text.encode())
            for _ in range(decisions // 2):
                decision = _decision(drawn, Ground(name, text, base, tuple(taken[name])), person, now)
                if decision:
                    taken[name].append(decision)
                    changes[path := f"history/{name}/{decision.id}.yaml"] = dump(decision)
                    reviewed[path] = None
            changes[working] = replay(text, base, taken[name]).text.encode()
        repository.commit(changes, "Decide\n", reviewed=reviewed, person=person, when=now)


def _text(drawn: random.Random) -> str:
    return "".join(" ".join(drawn.choices(WORDS, k=60)) + ".\n" for _ in range(10))


def _decision(drawn: random.Random, ground: Ground, person: Person, now: datetime) -> Decision | None:
    text = replay(ground.base, ground.base_id, ground.decisions).text
    start = text.rindex(" ", 0, drawn.randrange(20, len(text) - 20)) + 1
    span = Span(start, text.index(" ", start))
    note = "a note made up for the measurement"
    judgement = Judgement("correct", drawn.choice(WORDS) + "s", note, "high", "external", "B")
    try:
        return placed(ground, span, judgement, str(person), now)
    except Refused:  # these words stand there already
        return None


def main() -> None:
    """Make the edition, write its reports, tell what they cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--decisions", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        home.mkdir()
        (home / ".gitconfig").write_text("[user]\n\tname = Ada Example\n\temail = ada@example.org\n")
        os.environ |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "GIT_CONFIG_NOSYSTEM": "1"}
        edition = Path(scratch) / "edition"
        make(edition, asked.documents, asked.decisions)
        page, folder = Path(scratch) / "report.html", Path(scratch) / "report"
        print(f"{asked.documents} documents with {asked.decisions} decisions each, CPU seconds and MB written:")
        for what, options in (
            ("one page, rules not asked", ("--no-check", "-o", str(page))),
            ("one page, rules asked", ("-o", str(page))),
            ("the same again", ("-o", str(page))),
            ("a page for each document", ("--no-check", "-o", str(folder))),
        ):
            spent = _spent()
            command = [str(Path(sys.executable).with_name("obelos")), "report", "--no-proof", *options]
            subprocess.run(command, cwd=edition, check=False, capture_output=True)
            files = [page] if str(page) in options else list(folder.rglob("*.html"))
            size = sum(file.stat().st_size for file in files)
            print(f"  {what:28} {_spent() - spent:7.1f} s {size / 1e6:7.1f} MB")


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
