"""The differences of two versions, as a reader of an apparatus expects them, each with its class.

A variant is a word for a word where words answer to each other, a phrase for a phrase where they do not. The
variants are the unequal parts of the alignment: what lies between them reads the same in both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .align import Block, finest
from .normal_forms import forms_of
from .normalising import NormalForms
from .pairing import likeness
from .spelling import is_sign, same_word
from .text import Span
from .tokens import tokenize

VariantClass = Literal["substantive", "spelling", "division", "capitalisation", "punctuation", "spacing"]
VARIANT_CLASSES: tuple[VariantClass, ...] = (
    "substantive",
    "spelling",
    "division",
    "capitalisation",
    "punctuation",
    "spacing",
)

_HYPHENS = "-\u2010\u2011\u00ad"
_DASHES = _HYPHENS + "\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ", "'"))
"""The forms of one apostrophe. The saltillo (U+A78C) and the primes are letters or signs of their own."""

_ALIKE = 0.5
"""Likeness above which two words are taken for one word misread rather than two phrases side by side."""

_LONG = 400
"""Code points of two readings together from which they are passages, no longer words to be compared."""

_VERY_LONG = 20_000
"""Code points of two passages together from which marks and spaces are no longer compared one by one."""

_MOST_PARTS = 5
"""Changed parts, at most, that are tried together as one word divided differently."""


_MOST_FORM_PARTS = 14
"""Changed parts, at most, that are tried together as one phrase in two forms: *H.M.G.* in three words is seven."""


@dataclass(frozen=True)
class Variant:
    """A place where two versions differ: half-open spans of code points, one of which may be empty."""

    left: Span
    right: Span
    kind: VariantClass


def variants(
    left: str, right: str, forms: NormalForms | None = None, parts: Sequence[Block] | None = None
) -> list[Variant]:
    """The variants of two texts, in order.

    Args:
        forms: Those of the edition, or else the shipped ones.
        parts: What `finest` says of the two texts, where it has been asked.
    """
    if left == right:
        return []
    forms = forms or forms_of()
    return [
        Variant(block.left, block.right, classify(left, block.left, right, block.right, forms))
        for block in _readings(left, right, forms, finest(left, right) if parts is None else parts)
    ]


def classify_within(
    left: str, left_span: Span, right: str, right_span: Span, forms: NormalForms | None = None
) -> VariantClass | None:
    """The gravest class among the differences of two passages; none if they read the same.

    Unlike `classify` it looks for the words that the passages share: *labour,* and *labor* differ in spelling and
    in punctuation, and neither is substantive.
    """
    one, other = left[slice(*left_span)], right[slice(*right_span)]
    if len(one) + len(other) > _LONG and _words(one) != _words(other):
        return "substantive"
    if len(one) + len(other) > _VERY_LONG:
        return None if one == other else "spacing" if _solid(one) == _solid(other) else "punctuation"
    forms = forms or forms_of()
    found = {
        classify(
            left,
            Span(left_span.start + block.left.start, left_span.start + block.left.end),
            right,
            Span(right_span.start + block.right.start, right_span.start + block.right.end),
            forms,
        )
        for block in _readings(one, other, forms, finest(one, other))
    }
    return next((kind for kind in VARIANT_CLASSES if kind in found), None)


def classify(
    left: str, left_span: Span, right: str, right_span: Span, forms: NormalForms | None = None
) -> VariantClass:
    """Class of a variant, by the first of these that holds.

    - *division*: only a hyphen inside a word answers to a space or to nothing;
    - *substantive*: what differs stands between two figures (1.5 and 15), save one dash or one width of space for
      another;
    - *spacing*: only spaces and line ends differ;
    - *punctuation*: only punctuation differs besides (signs such as £, %, & count as words);
    - *capitalisation*: only case differs besides;
    - *division*: the letters are the same, but words are joined, parted or hyphenated differently;
    - *spelling*: one word in two spellings, see `same_word`, or in two forms, see `normal_forms`;
    - *substantive*: anything else.

    The whole texts are needed because a hyphen or a point is judged by what stands beside it.
    """
    one, other = left[slice(*left_span)], right[slice(*right_span)]
    if _hyphen_for_space(left, left_span, right, right_span):
        return "division"
    if _inside_a_figure(left, left_span, right, right_span):
        return "substantive"
    if _solid(one) == _solid(other):
        return "spacing"
    if _words(one) == _words(other) or _straight(one) == _straight(other):
        return "punctuation"
    if _solid(one.lower()) == _solid(other.lower()):
        return "capitalisation"
    if _run_together(one) == _run_together(other) and not any(map(str.isdecimal, one)):
        return "division"
    return "spelling" if same_word(one, other) or (forms or forms_of()).same(one, other) else "substantive"


def _readings(left: str, right: str, forms: NormalForms, parts: Iterable[Block]) -> list[Block]:
    """Unequal blocks as a reader takes them in: a divided word whole, like words side by side, phrases whole."""
    found: list[Block] = []
    for run in _runs(left, parts):
        loose = False  # whether what was found last is part of a phrase that the next part may continue
        for place, (part, one_word) in enumerate(_whole_words(run, left, right, forms)):
            part_loose = not one_word and _is_loose(part, left, right)
            if place and ((loose and part_loose) or _is_glued(found[-1], part, left, right)):
                found[-1] = _joined(found[-1], part)
            else:
                found.append(part)
            loose = part_loose
    return found


def _runs(left: str, parts: Iterable[Block]) -> Iterator[list[Block]]:
    """The changed parts that nothing but spaces within a line parts, run by run."""
    run: list[Block] = []
    for block in parts:
        if not block.equal:
            run.append(block)
        elif run and left[slice(*block.left)].strip(" \t\u00a0"):
            yield run
            run = []
    if run:
        yield run


def _whole_words(run: list[Block], left: str, right: str, forms: NormalForms) -> Iterator[tuple[Block, bool]]:
    """The parts of a run; those that make up one word, differently divided or shortened, as one part.

    Each with whether it is one word in both.
    """
    place = 0
    while place < len(run):
        end = _end_of_word(run, place, left, right) or _end_of_form(run, place, left, right, forms)
        yield _joined(run[place], run[max(end, place + 1) - 1]), end > place
        place = max(end, place + 1)


def _end_of_word(run: list[Block], place: int, left: str, right: str) -> int:
    """After which part a word ends that is divided differently; 0 where there is none."""
    for end in range(place + 1, min(len(run), place + _MOST_PARTS) + 1):
        part = _joined(run[place], run[end - 1])
        letters = _undivided(left[slice(*part.left)])
        if letters and letters == _undivided(right[slice(*part.right)]):
            return end
    return 0


def _end_of_form(run: list[Block], place: int, left: str, right: str, forms: NormalForms) -> int:
    """After which part a word or phrase ends that has another form on the other side; 0 where there is none."""
    first = run[place]
    phrase = any(map(forms.may_begin, (left[slice(*first.left)], right[slice(*first.right)])))
    for end in range(place + 1, min(len(run), place + (_MOST_FORM_PARTS if phrase else 1)) + 1):
        part = _joined(first, run[end - 1])
        if forms.same(left[slice(*part.left)], right[slice(*part.right)]):
            # The stop after an abbreviation belongs to it.
            return end + (end < len(run) and _is_stop(run[end - 1], run[end], left, right))
    return 0


def _is_stop(before: Block, part: Block, left: str, right: str) -> bool:
    touches = (before.left.end, before.right.end) == (part.left.start, part.right.start)
    return touches and left[slice(*part.left)] + right[slice(*part.right)] == "."


def _is_loose(part: Block, left: str, right: str) -> bool:
    """Whether words were left out, put in, or exchanged for words quite unlike them."""
    one, other = left[slice(*part.left)], right[slice(*part.right)]
    if len(one) + len(other) > _LONG:
        return True
    return _has_letters(one + other) and likeness(one, other) <= _ALIKE


def _is_glued(before: Block, after: Block, left: str, right: str) -> bool:
    """Whether two changed parts touch inside one word, figure or mark, as in 1.5 for 15, or in -- for a dash."""
    if (before.left.end, before.right.end) != (after.left.start, after.right.start):
        return False
    lettered = {_has_letters(left[slice(*part.left)] + right[slice(*part.right)]) for part in (before, after)}
    sides = ((left, before.left, after.left), (right, before.right, after.right))
    return len(lettered) == 1 and any(
        first.start < first.end < second.end and not any(map(str.isspace, text[first.end - 1 : first.end + 1]))
        for text, first, second in sides
    )


def _joined(first: Block, last: Block) -> Block:
    return Block(Span(first.left.start, last.left.end), Span(first.right.start, last.right.end), False)


def _solid(text: str) -> list[str]:
    """Words and punctuation of a reading, without the spaces."""
    return [token.text for token in tokenize(text) if token.kind in ("word", "punctuation")]


def _straight(text: str) -> str:
    return text.translate(_APOSTROPHES)


def _words(text: str) -> list[str]:
    """Words of a reading, and the signs that stand for words."""
    return [token.text for token in tokenize(text) if token.kind == "word" or is_sign(token.text)]


def _has_letters(text: str) -> bool:
    """Whether a word or figure stands in it."""
    return any(map(str.isalnum, text))


def _undivided(text: str) -> str:
    """The letters of a reading, joined across spaces, line ends and hyphens, without case."""
    return _run_together(text.casefold())


def _run_together(text: str) -> str:
    """The same, but the long s and the ligatures are letters of their own: they are a matter of spelling."""
    return "".join(char for char in text.lower() if char not in _HYPHENS and not char.isspace())


def _hyphen_for_space(left: str, left_span: Span, right: str, right_span: Span) -> bool:
    """Whether only a hyphen inside a word stands on one side, and only a space or nothing on the other."""
    sides = ((left, left_span, right[slice(*right_span)]), (right, right_span, left[slice(*left_span)]))
    return any(
        text[start:end] in tuple(_HYPHENS)
        and not other.strip()
        and text[start - 1 : start].isalpha()
        and text[end : end + 1].isalpha()
        for text, (start, end), other in sides
    )


def _inside_a_figure(left: str, left_span: Span, right: str, right_span: Span) -> bool:
    """Whether a point, comma, stroke or space between two figures differs: the number may be another."""
    one, other = left[slice(*left_span)], right[slice(*right_span)]
    if _has_letters(one + other):
        return False
    if one and other and (not (one + other).strip() or not (one + other).strip(_DASHES)):
        return False
    return any(
        text[start - 1 : start].isdecimal() and text[end : end + 1].isdecimal()
        for text, (start, end) in ((left, left_span), (right, right_span))
    )
