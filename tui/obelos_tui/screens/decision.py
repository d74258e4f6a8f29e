"""The decision dialog: what is said of a passage, with a look at the text before and after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from obelos_history import CERTAINTIES, EVIDENCE, FAULTS, USUAL_FAULT, Judgement
from obelos_history.decision import CHANGING, Certainty, Disposition, Evidence, Fault
from obelos_history.vetting import ASKED, lacking
from obelos_transcripts import visible

from ..fields import from_field, to_field
from ..shown import Passage
from ..widgets.choice import Choice
from ..wording import TITLES, passage_line, quoted
from .recording import RecordingDialog

_NONE = "none"


@dataclass(frozen=True)
class Draft:
    """What the dialog opens with.

    Attributes:
        found: The words in question.
        reading: The reading proposed; None with a disposition that changes nothing.
        needs: Fields that the edition's policy asks for.
        focus: Field that the cursor stands in first.
        readings: What other versions read there, by siglum: a correction to one of these has its ground filled in.
        heading: What the dialog is called and says, where it is not the disposition's usual.
        after: What will stand there, where the editor does not write it.
        fault: Whose error it is, where it is not the disposition's usual.
        question: What was asked here, and by whom, where this is the answer.
    """

    disposition: Disposition
    found: str
    reading: str | None
    needs: tuple[str, ...]
    focus: str
    readings: tuple[tuple[str, str], ...] = ()
    heading: tuple[str, str] | None = None
    after: str | None = None
    fault: Fault | None = None
    question: str = ""

    @property
    def note_label(self) -> str:
        """What the note is in this case."""
        return "question" if self.disposition == "query" else "answer" if self.question else "note"

    def ground(self, reading: str | None) -> tuple[str, Evidence | None]:
        """Source and evidence that a reading brings with it: the versions that have it. An emendation has none."""
        if self.disposition != "correct" or reading is None or reading == self.found:
            return "", None
        sigla = ", ".join(siglum for siglum, text in self.readings if text == reading and siglum != "base")
        return sigla, "external" if sigla else None


class DecisionDialog(RecordingDialog):
    """Asks for a judgement and has it recorded; stays open, with the reason, when it is not."""

    def __init__(
        self,
        draft: Draft,
        preview: Callable[[str | None], tuple[Passage, Passage]],
        record: Callable[[Judgement], Awaitable[None]],
    ) -> None:
        """``preview`` gives the passage before and after; ``record`` raises `ObelosError` when it refuses."""
        super().__init__()
        self.draft = draft
        self._preview = preview
        self._record = record
        self._ground = draft.ground(draft.reading)
        self._strike_out = False

    def compose(self) -> ComposeResult:
        """The fields, one a line, and the passage before and after."""
        draft = self.draft
        title, meaning = draft.heading or TITLES[draft.disposition]
        source, evidence = self._ground
        with Vertical(id="decision") as frame:
            frame.border_title = Content.assemble((title, "bold"), f" {quoted(draft.found, 40)}")
            frame.border_subtitle = Content("enter record · tab next field · f2 characters · esc cancel")
            asked = ("   ! is required", "$accent") if draft.needs else ""
            yield Static(Content.assemble(meaning, asked), id="meaning", markup=False)
            if draft.question:
                yield Static(Content(visible(draft.question)), id="question")
            if draft.reading is not None:
                yield from self._line("reading", Input(to_field(draft.reading), id="reading", compact=True))
            yield from self._line(draft.note_label, Input(placeholder=self._hint("note"), id="note", compact=True))
            yield from self._line("certainty", Choice(CERTAINTIES, "unknown", id="cert"))
            yield from self._line("evidence", Choice((_NONE, *EVIDENCE), evidence or _NONE, id="evidence"))
            hint = self._hint("source")
            yield from self._line("source", Input(to_field(source), placeholder=hint, id="source", compact=True))
            yield from self._line("fault", Choice(FAULTS, draft.fault or USUAL_FAULT[draft.disposition], id="fault"))
            yield Static(id="before", markup=False)
            yield Static(id="after", markup=False)
            yield Static(id="refusal", markup=False)

    def _line(self, label: str, field: Input | Choice) -> ComposeResult:
        with Horizontal(classes="field"):
            asked = (" !", "bold $accent") if field.id in self.draft.needs else ""
            yield Label(Content.assemble(label, asked), markup=False)
            yield field

    def _hint(self, field: str) -> str:
        return f"this edition asks for {ASKED[field]}" if field in self.draft.needs else ""

    def on_mount(self) -> None:
        """Show the passage and put the cursor into the field it belongs in."""
        self._show_passage()
        self.query_one(f"#{self.draft.focus}").focus()

    @on(Input.Changed, "#reading")
    def _reading_changed(self) -> None:
        """The passage follows the reading, and so does a ground that the editor has not touched."""
        self._strike_out = False
        source, evidence = self.query_one("#source", Input), self.query_one("#evidence", Choice)
        untouched = (to_field(self._ground[0]), self._ground[1] or _NONE) == (source.value, evidence.value)
        self._ground = self.draft.ground(self._reading()) if untouched else self._ground
        if untouched:
            source.value = to_field(self._ground[0])
            evidence.choose(self._ground[1] or _NONE)
        self._show_passage()

    def _show_passage(self) -> None:
        before, after = self._preview(self._reading() if self.draft.after is None else self.draft.after)
        if self.draft.reading is None and self.draft.after is None:
            self.query_one("#before", Static).update(passage_line("text", before))
            return
        self.query_one("#before", Static).update(passage_line("before", before))
        self.query_one("#after", Static).update(passage_line("after", after))

    def _reading(self) -> str | None:
        return from_field(self.query_one("#reading", Input).value) if self.draft.reading is not None else None

    def _judgement(self) -> Judgement:
        evidence = self.query_one("#evidence", Choice).value
        return Judgement(
            self.draft.disposition,
            reading=self._reading(),
            note=from_field(self.query_one("#note", Input).value).strip(),
            cert=cast(Certainty, self.query_one("#cert", Choice).value),
            evidence=None if evidence == _NONE else cast(Evidence, evidence),
            source=from_field(self.query_one("#source", Input).value).strip(),
            fault=cast(Fault, self.query_one("#fault", Choice).value),
        )

    @on(Input.Submitted)
    def action_record(self) -> None:
        """Record the judgement, unless a field is missing."""
        if self.recording:
            return
        judgement = self._judgement()
        missing = next(iter(lacking(judgement, self.draft.needs)), None)
        if missing:
            self.refuse(f"This edition asks for {ASKED[missing]} with “{self.draft.disposition}”.")
            self.query_one(f"#{missing}").focus()
        elif self.draft.disposition in CHANGING and judgement.reading == self.draft.found:
            self.refuse("This is what stands there already: write another reading, or esc and t (stet).")
            self.query_one("#reading").focus()
        elif judgement.reading == "" and not self._strike_out:
            self._strike_out = True
            self.refuse(
                f"The reading is empty: {quoted(self.draft.found, 30)} would be struck out. enter strikes it out."
            )
        else:
            self.have_recorded(self._record(judgement))
