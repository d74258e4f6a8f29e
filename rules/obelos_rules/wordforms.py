"""Words made of known ones by the living endings and beginnings of English: *unratified*, *decontrols*.

No list of words holds them all; what is formed by rule from a known word is a word.
"""

from collections.abc import Container

_WRITTEN_BEGINNINGS = (
    "anti auto bi co counter de demi dis ex extra fore in inter intra macro mal micro mid mini mis mono multi non out "
    "over para poly post pre pro proto pseudo quasi re semi sub super sur trans tri ultra un under uni up vice with"
)
_BEGINNINGS = tuple(_WRITTEN_BEGINNINGS.split())
_ENDINGS = {
    "s": ("",),
    "es": ("", "e"),
    "ies": ("y",),
    "ied": ("y",),
    "ier": ("y",),
    "iest": ("y",),
    "ily": ("y",),
    "iness": ("y",),
    "ves": ("f", "fe"),
    "ed": ("", "e"),
    "ing": ("", "e"),
    "ings": ("", "e"),
    "er": ("", "e"),
    "ers": ("", "e"),
    "or": ("", "e"),
    "ors": ("", "e"),
    "est": ("", "e"),
    "ly": ("", "le"),
    "ally": ("",),
    "ness": ("",),
    "nesses": ("",),
    "less": ("",),
    "lessly": ("",),
    "ful": ("",),
    "fully": ("",),
    "able": ("", "e", "ate"),
    "ably": ("", "e", "ate"),
    "ability": ("", "e", "ate"),
    "ible": ("", "e"),
    "ibility": ("ible",),
    "ility": ("le",),
    "ment": ("",),
    "ments": ("",),
    "ship": ("",),
    "like": ("",),
    "wise": ("",),
    "ward": ("",),
    "wards": ("",),
    "hood": ("",),
    "dom": ("",),
    "ish": ("", "e"),
    "ism": ("", "e", "y"),
    "isms": ("", "e", "y"),
    "ist": ("", "e", "y"),
    "ists": ("", "e", "y"),
    "istic": ("ism", "ist"),
    "ity": ("", "e"),
    "ic": ("", "y"),
    "ical": ("ic", "y"),
    "ically": ("ic", "ical"),
    "ize": ("", "e", "y"),
    "ized": ("", "e", "y"),
    "izes": ("", "e", "y"),
    "izing": ("", "e", "y"),
    "ization": ("", "e", "y"),
    "izations": ("", "e", "y"),
    "ise": ("", "e", "y"),
    "ised": ("", "e", "y"),
    "ises": ("", "e", "y"),
    "ising": ("", "e", "y"),
    "isation": ("", "e", "y"),
    "ation": ("", "e", "ate"),
    "ations": ("", "e", "ate"),
    "ion": ("", "e"),
    "ions": ("", "e"),
    "ive": ("", "e", "ion"),
    "ively": ("", "e", "ion"),
    "ous": ("", "y"),
    "ously": ("", "y"),
    "al": ("", "e", "y"),
    "ance": ("", "e", "ant"),
    "ence": ("", "e", "ent"),
    "ancy": ("ant",),
    "ency": ("ent",),
    "th": ("",),
    "man": ("",),
    "men": ("",),
    "eth": ("", "e"),
}
_LONGEST_ENDING = max(map(len, _ENDINGS))
_STEM = 3
_PART = 3
LONGEST = 40
"""No English word has more letters; a longer one is not looked into."""


def formed(word: str, known: Container[str]) -> bool:
    """Whether a word is made of a known one by a beginning, by one or two endings, or by both, or of two known ones."""
    if len(word) > LONGEST:
        return False
    if _ended(word, known, 2) or _compound(word, known):
        return True
    for beginning in _BEGINNINGS:
        rest = word[len(beginning) :]
        if word.startswith(beginning) and len(rest) > _STEM and (rest in known or _ended(rest, known, 1)):
            return True
    return False


def _ended(word: str, known: Container[str], depth: int) -> bool:
    for length in range(min(_LONGEST_ENDING, len(word) - 1), 0, -1):
        for instead in _ENDINGS.get(word[-length:], ()):
            stem = word[:-length] + instead
            # Happinesss and possiblity are no words, though happiness and possible are.
            if len(stem) < _STEM or word.endswith("sss") or (instead and stem.endswith("ble") and word[-length] == "i"):
                continue
            if stem in known or (depth > 1 and len(stem) > _STEM + 2 and _ended(stem, known, depth - 1)):
                return True
            # A final consonant is doubled before a vowel: stop, stopped.
            doubled = not instead and len(stem) > _STEM and stem[-1] == stem[-2] and word[-length] in "eiao"
            if doubled and stem[:-1] in known:
                return True
    return False


def _compound(word: str, known: Container[str]) -> bool:
    """Of two words such as *guncotton*. Words that only join others are no part: *ofthe* is two words."""
    return any(
        word[:cut] in known and word[cut:] in known and word[:cut] not in JOINING and word[cut:] not in JOINING
        for cut in range(_PART, len(word) - _PART + 1)
    )


_WRITTEN_JOINING = (
    "a about above across after against all along also although am among an and any are around as at be because been "
    "before behind being below between both but by can could did do does done during each either every few for from "
    "had has have he her here him his how however i if in into is it its just least less many may me might more most "
    "much must my near neither no nor not now of off on once one only or other our out over own per said same shall "
    "she should since so some still such than that the their them then there these they this those though through "
    "thus till to too two under until up upon us very was we well were what when where whether which while who whom "
    "whose why will with within without would yet you your"
)
JOINING = frozenset(_WRITTEN_JOINING.split())
"""Words that hold a sentence together: they run into their neighbours, and are no part of compounds."""
