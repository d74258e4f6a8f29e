"""Who signed the commits that brought records, as git says.

The programs that check signatures, and the list of those who may sign, are those of the person's own settings; what
a repository sets of its own is not asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .store import Store, read_objects

_WORDS = {
    "G": "signed by",
    "X": "signed, the signature has expired:",
    "Y": "signed with a key that has expired since:",
    "U": "signed with a key that nobody vouches for:",
    "R": "signed with a key that was revoked:",
    "E": "signed, but the signature cannot be checked (no key, or no list of signers):",
    "B": "a bad signature, or one that cannot be checked here",
    "N": "unsigned",
}
_PROGRAMS = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.allowedsignersfile": "",
    "gpg.ssh.revocationfile": "",
    "gpg.mintrustlevel": "undefined",
}


@dataclass(frozen=True)
class Signature:
    """What is known of the signature of a commit.

    Attributes:
        status: git's letter (git-log, ``%G?``): G good, N none, B bad …
        signer: Who signed, or with which key; "" where there is none.
    """

    commit: str
    status: str
    signer: str

    @property
    def good(self) -> bool:
        """Whether it is a valid signature of somebody vouched for; that its key has expired since is no fault."""
        return self.status in "GXY"

    @property
    def words(self) -> str:
        """What is known, in words."""
        return f"{_WORDS.get(self.status, _WORDS['E'])} {self.signer}".strip()


def signatures(store: Store, commits: Iterable[str]) -> list[Signature]:
    """The signatures of some commits. Two or three git processes, and one more for each that is signed."""
    wanted = list(dict.fromkeys(commits))
    if not wanted:
        return []
    out = store.git(
        "log",
        "--no-walk=unsorted",
        "--stdin",
        "-z",
        "--format=%H%n%G?%n%GS%n%GK",
        stdin="".join(f"{commit}\n" for commit in wanted).encode(),
        settings=_own_settings(store),
    )
    said = (record.split("\n") for record in out.decode("utf-8", "replace").split("\0") if record)
    found = [Signature(commit, status, signer or key) for commit, status, signer, key, *_ in said]
    unsaid = [one.commit for one in found if one.status == "N"]
    signed = _signed(store, unsaid)
    return [Signature(one.commit, "E", "") if one.commit in signed else one for one in found]


def _own_settings(store: Store) -> dict[str, str]:
    """The person's own settings on signatures, for the command line, where they beat those of the repository."""
    status, out = store.git.answer("config", "--null", "--show-scope", "--get-regexp", r"^gpg\.", ok=(0, 1))
    own = dict(_PROGRAMS)
    fields = out.decode("utf-8", "surrogateescape").split("\0")[:-1] if status == 0 else []
    for scope, setting in zip(fields[::2], fields[1::2], strict=True):
        key, _, value = setting.partition("\n")
        if scope in ("system", "global") and key in own:
            own[key] = value
            if key == "gpg.program":
                own["gpg.openpgp.program"] = value
    return own


def _signed(store: Store, commits: list[str]) -> set[str]:
    """Those of some commits that hold a signature; git calls one unsigned, too, that it could not check at all."""
    if not commits:
        return set()
    questions = [commit.encode() for commit in commits]
    out = store.git("cat-file", "--batch", stdin=b"".join(q + b"\n" for q in questions))
    found = set()
    for commit, (_, data) in zip(commits, read_objects(out, questions), strict=True):
        header = data.partition(b"\n\n")[0]
        if b"\ngpgsig" in header:
            found.add(commit)
    return found
