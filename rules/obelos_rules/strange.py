"""The words of a text that are no ordinary words: names, foreign words, misprints; found once for all rules that ask.

A word that the shipped vocabulary has in small letters is ordinary, also with a capital. Figures, words with an
apostrophe within, and words of one or two letters are not asked about.
"""

from collections.abc import Callable
from functools import cache
from itertools import compress, count

from obelos_transcripts import Layer

from . import vocabulary
from .reading import Reading

Places = dict[str, list[int]]
"""Numbers of the places of each word, by its normal form without *'s*, in the order of the text."""


@cache
def strange(layers: tuple[Layer, ...]) -> Callable[[Reading], Places]:
    """The model, for `Reading.once`, of the words in these layers that are not ordinary."""

    def model(reading: Reading) -> Places:
        words = reading.words(layers)
        known = vocabulary.shipped().words
        bare = {form: form.removesuffix("'s") for form in words.distinct.difference(known)}
        forms = {form: base for form, base in bare.items() if len(base) > 2 and base.isalpha() and base not in known}
        places: Places = {}
        for number in compress(count(), map(forms.__contains__, words.normal)):
            places.setdefault(forms[words.normal[number]], []).append(number)
        return places

    return model
