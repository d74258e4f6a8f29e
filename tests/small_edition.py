"""A small made-up edition with two rules of its own and no others: quick to check, and every finding of it is known."""

from pathlib import Path

from obelos_history import Repository
from obelos_transcripts import Edition, find_edition
from obelos_tui.clock import now
from obelos_tui.demo import SAMPLE_EDITOR
from obelos_tui.desk import Desk
from obelos_tui.recipes import rules_of

RULES = """\
rules:
  - code: ZZ101
    name: bane-for-base
    kind: confusable
    level: likely
    layers: [body, note]
    message: "“{found}” where the sense may want “{suggest}”"
    why: The two words differ in one letter, and both are in the dictionary. The source will tell.
    authority: made up for the tests
    words: {bane: [base]}
    examples:
      flag: [{text: "A bane for them.", at: bane, suggest: base}]
      pass: [A base for them.]
  - code: ZZ102
    name: the-for-then
    kind: confusable
    level: certain
    layers: [body]
    message: "“{found}” stands before a verb"
    why: An article has no place here.
    authority: made up for the tests
    words: {the: [then]}
    left: [would]
    examples:
      flag: [{text: "He would the go.", at: the, suggest: then}]
      pass: [He would then go.]
"""

LETTER = """\
To the Minister.

He held the place as a bane for the fleet, a bane for the army.
He would the go home, he said.[1] It was a bane no more.

[1] See the bane of the earlier letter.
"""
REPLY = "No bane was ever held.\n\nThe bane was lost, the bane was found.\n"


def small_edition(folder: Path, documents: dict[str, dict[str, str]] | None = None) -> Edition:
    """The edition: a letter with a witness B, and a reply; or other documents under the same rules."""
    repository = Repository.create(folder)
    texts = documents or {"letter": {"base": LETTER, "B": LETTER.replace("bane", "base", 1)}, "reply": {"base": REPLY}}
    changes: dict[str, bytes | None] = {
        "edition.yaml": b"title: A made-up edition\npacks: []\n",
        "rules/house.yaml": RULES.encode(),
    }
    for name, files in texts.items():
        for stem, text in {**files, "text": files["base"]}.items():
            changes[f"transcripts/{name}/{stem}.txt"] = text.encode()
    repository.commit(changes, "Add documents\n", reviewed=dict.fromkeys(changes), person=SAMPLE_EDITOR, when=now())
    edition = find_edition(folder)
    assert edition
    return edition


def small_desk(folder: Path, documents: dict[str, dict[str, str]] | None = None) -> Desk:
    """A desk on the small edition."""
    edition = small_edition(folder, documents)
    return Desk(edition, Repository.open(edition.root), rules_of(edition))
