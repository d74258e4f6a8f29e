"""Which versions stand side by side, and having them collated: long ones in a process that can be given up.

Nothing of this draws: a screen that is built on it says what is shown meanwhile, and afterwards.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from textual import on
from textual.message import Message
from textual.timer import Timer

from obelos_transcripts.tokens import words

from .. import facts
from ..apparatus import version_line
from ..aside import Aside, Failed, GivenUp
from ..candidates import COMMIT, WORKING, Candidate, candidates, usual
from ..collated import MOST, Collated, collated
from ..comparisons.errors import Errors
from ..quality import asked_for_errors, errors_known
from ..review import Review
from ..shown import Version
from ..turns import Turns
from .document import DocumentScreen
from .ticks import TickDialog

_LONG = 500_000
"""Code points of all versions together from which they are collated in a process of their own."""

_GO_ON = "v chooses other versions, ^r begins anew, esc goes back."

GIVEN_UP = f"Collating was given up. {_GO_ON}"


class CollatingScreen(DocumentScreen):
    """A screen on several versions of a document; ``collated`` is the last collation that was finished."""

    def __init__(self, review: Review, turns: Turns) -> None:
        super().__init__(review, turns)
        self.collated: Collated | None = None
        self._offered: tuple[Candidate, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._base = ""
        self._aside: Aside[Collated] | None = None
        self._waiting: Timer | None = None
        self._waited = 0
        self._told = ""
        self.errors: Errors | None = None
        self.errors_of: tuple[Version, ...] = ()
        self._counting = False

    def say(self, said: str) -> None:
        """A passing remark; "" takes the last one away."""
        raise NotImplementedError

    def show_beginnings(self, versions: Sequence[Version]) -> None:
        """Show something of versions that are being collated; nothing has been shown before."""
        raise NotImplementedError

    def show_anew(self, found: Collated) -> None:
        """Show a collation made anew, at about the place where the editor was."""
        raise NotImplementedError

    def show_title(self) -> None:
        """Show what is known of the whole; anew when the errors have been counted."""
        raise NotImplementedError

    @property
    def waiting(self) -> bool:
        """Whether long texts are being collated."""
        return self._waiting is not None

    # Which versions

    def read_versions(self) -> None:
        """Look anew which versions there are, and collate those chosen."""
        self.ask("The versions cannot be read", self._list)

    def _list(self) -> facts.VersionsListed:
        earlier = any(siglum.startswith(COMMIT) for siglum in self._chosen)
        return facts.VersionsListed(candidates(self.review, earlier=earlier))

    def action_reload(self) -> None:
        """Read the document again from disk, and collate it again."""

        def work() -> facts.VersionsListed:
            self.review.reload()
            return self._list()

        self.ask("This document could not be read again", work)

    @on(facts.VersionsListed)
    def _versions_listed(self, message: facts.VersionsListed) -> None:
        self._offered = message.candidates
        if message.to_choose:
            self._choose()
            return
        chosen = self._ticked
        self._collate(chosen if len(chosen) > 1 else usual(self._offered))

    @property
    def _ticked(self) -> list[int]:
        return [n for n, offered in enumerate(self._offered) if offered.version.siglum in self._chosen]

    def is_witness(self, siglum: str) -> bool:
        """Whether a version's readings are evidence of what the source reads."""
        return any(offered.witness for offered in self._offered if offered.version.siglum == siglum)

    def action_versions(self) -> None:
        """Choose the versions; commits may have been made since they were listed last."""
        self.ask(
            "The versions cannot be read",
            lambda: facts.VersionsListed(candidates(self.review, earlier=True), to_choose=True),
        )

    def _choose(self) -> None:
        lines = [version_line(offered.version) for offered in self._offered]

        def objection(ticked: tuple[int, ...]) -> str:
            if len(ticked) < 2:
                return "Tick one version at least to stand beside the working text."
            return f"At most {MOST} versions stand side by side." if len(ticked) > MOST else ""

        def chosen(ticked: tuple[int, ...] | None) -> None:
            sigla = tuple(self._offered[n].version.siglum for n in ticked or ())
            if sigla and sigla != self._chosen:
                self._chosen = sigla
                self.read_versions()

        dialog = TickDialog("Versions side by side", lines, self._ticked, fixed=(0,), objection=objection)
        self.app.push_screen(dialog, chosen)

    def action_base(self) -> None:
        """Compare with the next version."""
        found = self.collated
        if found is None or self.waiting:
            return
        base = (found.table.base + 1) % len(found.versions)
        self._base = found.versions[base].siglum
        self._await(partial(found.with_base, base), of=found)

    # Collating

    def _collate(self, chosen: Sequence[int]) -> None:
        self.give_up()
        versions = [self._offered[n].version for n in chosen]
        self._chosen = tuple(version.siglum for version in versions)
        base = self._chosen.index(self._base) if self._base in self._chosen else 0
        lists = self.review.history.edition.settings.variants
        if sum(len(version.text) for version in versions) < _LONG:
            self._await(partial(collated, versions, base, lists))
            return
        if self.collated is None:
            self.show_beginnings(versions)
        self._waited = 0
        self._told = f"{len(versions)} versions, {len(words(versions[0].text)[0]):,} words"
        self._tell_waiting()
        self._waiting = self.set_interval(1, self._tell_waiting)
        self._aside = Aside(collated, versions, base, lists)
        self._await(self._aside.result)

    def _await(self, work: Callable[[], Collated], of: Collated | None = None) -> None:
        async def wait() -> None:
            try:
                fact: Message = facts.VersionsCollated(await asyncio.to_thread(work), of)
            except GivenUp:
                fact = facts.CollationGivenUp()
            except Failed as failure:
                fact = facts.CollationGivenUp(str(failure))
            self.post_message(fact)

        self.begin(wait, group="collation", exclusive=True)

    def _tell_waiting(self) -> None:
        self.say(f"Collating {self._told} … {self._waited} s. esc gives it up.")
        self._waited += 1

    def give_up(self) -> bool:
        """End what is being collated; whether anything was."""
        was_waiting = self.waiting
        if self._waiting:
            self._waiting.stop()
            self._waiting = None
        if self._aside:
            self._aside.give_up()
            self._aside = None
        return was_waiting

    @on(facts.VersionsCollated)
    def _versions_collated(self, message: facts.VersionsCollated) -> None:
        if message.of is not None and message.of is not self.collated:
            return  # the working text has changed meanwhile, and with it the collation
        self.give_up()
        if message.collated.versions[0].text != self.review.state.text:
            self.read_versions()  # likewise
        else:
            self.show_anew(message.collated)
            self.count_errors()

    @on(facts.CollationGivenUp)
    def _given_up(self, message: facts.CollationGivenUp) -> None:
        was_waiting = self.give_up()
        if message.why:
            self.say(f"Collating failed: {message.why}. {_GO_ON}")
        elif was_waiting or self.collated is None:
            self.say(GIVEN_UP)

    # Their errors

    def count_errors(self) -> None:
        """Count the errors by the working text as it is now, out of the drawing thread, one count at a time."""
        state = self.review.state
        wanted = asked_for_errors(Version(WORKING, "working text", state.text), state.versions)
        if wanted == self.errors_of or self._counting:
            return
        self._counting = True
        lists = self.review.history.edition.settings.variants

        async def count() -> None:
            self.post_message(facts.ErrorsCounted(wanted, await asyncio.to_thread(errors_known, wanted, lists)))

        self.begin(count, group="errors")

    @on(facts.ErrorsCounted)
    def _errors_counted(self, message: facts.ErrorsCounted) -> None:
        self._counting = False
        self.errors, self.errors_of = message.errors, message.versions
        self.show_title()
        self.count_errors()  # the working text may have changed meanwhile

    def on_unmount(self) -> None:
        """Nobody waits for the result any more."""
        self.give_up()
