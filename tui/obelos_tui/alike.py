"""More like this: the places of a document, or of the edition, that read as one passage does or that its rule flags.

Each is a line of a concordance; what is kept is decided in one go, each decision by itself and on disk when it is
taken. Another document is only opened for deciding while its own decisions are taken.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from obelos_history import Decision, DocumentHistory, Judgement, effective
from obelos_history.decision import CHANGING
from obelos_rules import Finding, Rule, check
from obelos_transcripts import BadInput, Lines, ObelosError, Refused, Span, read_text
from obelos_transcripts.details import read_details

from .across import KIND as ACROSS
from .answered import recall
from .concordance import AROUND
from .recipes import learned_of
from .review import Review
from .shown import Item

MOST = 5_000
"""Places that are listed at most; more than that nobody looks through."""


@dataclass(frozen=True)
class Like:
    """One place of a concordance.

    Attributes:
        span: In the working text of its document as it was when the place was found.
        text: That text, shared by the places of a document; a decision is only taken while it is still so.
        finding: What the rule reports there; None where words were looked for.
    """

    document: str
    line: int
    span: Span
    text: str = field(repr=False)
    finding: Finding | None

    @property
    def found(self) -> str:
        """The words at the place."""
        return self.text[self.span.start : self.span.end]

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after, on one line."""
        before = self.text[max(0, self.span.start - AROUND) : self.span.start]
        after = self.text[self.span.end : self.span.end + AROUND]
        return re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after)


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Attributes:
        words: The words of the passage that it began from.
        rule: The rule whose findings are looked for; None for the words themselves, wherever they stand whole.
        any_words: All findings of the rule, not only those on the same words.
    """

    words: str
    rule: Rule | None
    any_words: bool = False

    def keeps(self, finding: Finding) -> bool:
        """Whether a finding of the rule is like the passage."""
        return self.any_words or _alike(finding.found, self.words)


def _alike(one: str, other: str) -> bool:
    """Case counts: the reading that one place takes would be wrong at the other."""
    return one.split() == other.split()


def wanted_for(review: Review, item: Item) -> Wanted:
    """What is like an item: findings of its rule on the same words or, where it has none, the same words.

    Raises:
        BadInput: It has no words that could be looked for.
    """
    words = review.state.text[item.span.start : item.span.end]
    code = item.finding.code if item.finding else None
    rule = next((rule for rule in review.rules if rule.code == code and rule.kind != ACROSS), None)
    if rule is None and not words.strip():
        raise BadInput.at("more like this", None, "there are no words here to look for")
    return Wanted(words, rule)


def places_in(review: Review, wanted: Wanted) -> list[Like]:
    """The places of the document under review that nobody has decided on."""
    return list(_places(review.history, review.state.text, wanted, (review.level, review.rules)))[:MOST]


def places_in_edition(
    review: Review, wanted: Wanted, begun: Callable[[str], bool] = lambda name: True
) -> tuple[list[Like], list[tuple[str, str]]]:
    """The places of all documents, the one under review first, and what could not be read, with the reason.

    Args:
        begun: Told of each document before it is read; False ends the search.
    """
    found, unreadable = places_in(review, wanted), list[tuple[str, str]]()
    for name in review.history.edition.names():
        if len(found) >= MOST or not begun(name):
            break
        if name == review.history.name:
            continue
        try:
            history = DocumentHistory(review.history.edition, review.history.repository, name)
            found += _places(history, history.replayed().text, wanted, (review.level, review.rules))
        except ObelosError as error:
            unreadable.append((name, str(error)))
    return found[:MOST], unreadable


def _places(history: DocumentHistory, text: str, wanted: Wanted, ground: tuple[str, Sequence[Rule]]) -> Iterator[Like]:
    lines = Lines(text)
    if wanted.rule:
        for finding in _open_findings(history, text, wanted.rule):
            if wanted.keeps(finding):
                span = Span(finding.start, finding.end)
                yield Like(history.name, lines.at(span.start)[0], span, text, finding)
        return
    current = history.replayed()
    taken = [current.to_working(decision.place.span) for decision in effective(history.decisions)]
    taken += [piece.working for piece in current.pieces if piece.decision]
    for span in whole_words(text, wanted.words):
        if not any(span.overlaps(other) for other in taken):
            yield Like(history.name, lines.at(span.start)[0], span, text, None)


def _open_findings(history: DocumentHistory, text: str, rule: Rule) -> Iterator[Finding]:
    details = read_details(history.document)
    witnesses = {siglum: read_text(path) for siglum, path in history.document.witnesses.items()}
    found = check(
        text,
        [rule],
        level=rule.level,
        name=history.name,
        details=details,
        witnesses=witnesses,
        forms=history.edition.settings.variants,
        learned=learned_of(history.edition),
    )
    memory = recall(found, history.replayed(), history.decisions, [rule], level=rule.level)
    yield from (finding for finding, answer in zip(found, memory.answers, strict=True) if answer is None)


def whole_words(text: str, words: str) -> Iterator[Span]:
    """Where words stand in a text as they are written, not within longer words; white space matches any other."""
    parts = words.split()
    if not parts:
        return
    left = r"(?<!\w)" if parts[0][0].isalnum() else ""
    right = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    pattern = re.compile(left + r"\s+".join(map(re.escape, parts)) + right)
    yield from (Span(*found.span()) for found in pattern.finditer(text))


@dataclass(frozen=True)
class Done:
    """What became of a concordance.

    Attributes:
        taken: The decisions, all on disk.
        left_out: Documents of which nothing, or not all, was decided, each with the reason.
        stopped: Whether the editor ended it before all was decided.
    """

    taken: tuple[Decision, ...]
    left_out: tuple[tuple[str, str], ...]
    stopped: bool


def decide_all(
    review: Review,
    kept: Sequence[Like],
    judgement: Judgement,
    going: Callable[[int], bool] = lambda taken: True,
) -> Done:
    """Take the same decision at each of some places; each is on disk when the next is begun.

    A document that another process works on, or that has changed since, is left out and named.

    Args:
        kept: Places, in any order.
        judgement: Its reading may be None with *correct* and *emend*: then each place takes its finding's suggestion.
        going: Told how many are taken, before each; False ends it.

    Raises:
        BadInput: The judgement lacks what the edition asks for, or a place has no reading.
        Refused: Nothing can be recorded in the document under review, or nobody is known to sign.
    """
    review.may_decide(judgement)
    judgements = [_for_place(like, judgement) for like in kept]
    by_document: dict[str, list[tuple[Like, Judgement]]] = {}
    for like, own in zip(kept, judgements, strict=True):
        by_document.setdefault(like.document, []).append((like, own))
    taken: list[Decision] = []
    left_out: list[tuple[str, str]] = []
    stopped = False
    person = review.history.repository.identity()
    for name, pairs in by_document.items():
        here = name == review.history.name
        history = review.history
        try:
            if not here:
                history = DocumentHistory(review.history.edition, review.history.repository, name)
                history.open_for_deciding()
            if history.replayed().text != pairs[0][0].text:
                raise Refused("its text has changed since the places were found; look again")
            # From the end, so that the places still to come do not move.
            for like, said in sorted(pairs, key=lambda pair: pair[0].span, reverse=True):
                if not going(len(taken)):
                    stopped = True
                    break
                taken.append(history.take(like.span, said, person, review.clock()))
        except ObelosError as refusal:
            left_out.append((name, str(refusal)))
        finally:
            if not here:
                history.close()
        if stopped:
            break
    review.taken_in_one_go([decision for decision in taken if decision.document == review.history.name])
    review.look_again()
    return Done(tuple(taken), tuple(left_out), stopped)


def _for_place(like: Like, judgement: Judgement) -> Judgement:
    if like.finding:
        judgement = replace(judgement, rule=like.finding.code, fingerprint=like.finding.fingerprint)
    if judgement.disposition in CHANGING and judgement.reading is None:
        suggestions = like.finding.suggestions if like.finding else ()
        if not suggestions:
            what = f"there is no suggestion for “{like.found}” in {like.document}, line {like.line}; give a reading"
            raise BadInput.at(judgement.disposition, None, what)
        judgement = replace(judgement, reading=suggestions[0])
    return judgement
