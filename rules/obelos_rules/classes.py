"""Classes of words that contexts name in angle brackets: ``<article>``, ``<modal>``, ``<month>``, ``<capitalised>`` …

Curated lists, not a grammar: a word may be in several. Lists hold normal forms (lower case).
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import government
from .verbs import BASE, PARTICIPLES, PLAIN

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class WordClass:
    """A class: its words in normal form, and tests of a word as it stands for what no list can hold."""

    words: frozenset[str] = frozenset()
    tests: tuple[Callable[[str], bool], ...] = ()


def _listed(words: str) -> WordClass:
    return WordClass(frozenset(words.split()))


def _capitalised(word: str) -> bool:
    return word[0].isupper()


def _past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed") and word.islower()


def _gerund(word: str) -> bool:
    return len(word) > 5 and word.endswith("ing") and word.islower() and word not in _NOT_GERUNDS


def _adjective(word: str) -> bool:
    return len(word) > 5 and word.endswith(_ENDS_OF_ADJECTIVES) and word.islower() and word not in _NOT_ADJECTIVES


def _abstract(word: str) -> bool:
    return len(word) > 5 and word.endswith(_ENDS_OF_ABSTRACTS) and word.islower() and word not in _NOT_ABSTRACTS


def _third(verb: str) -> str:
    """The third person of a verb: provides, reaches, applies."""
    if verb.endswith("y") and verb[-2] not in "aeo":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("ch", "sh", "ss", "x", "do")) else f"{verb}s"


def _plural(word: str) -> bool:
    return len(word) > 6 and word.endswith(_ENDS_OF_PLURALS) and word.islower() and word not in _NOT_PLURALS


def _adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word.islower() and word not in _NOT_ADVERBS


_NOT_GERUNDS = {"during", "nothing", "something", "anything", "everything", "morning", "evening", "spring", "string"}
_NOT_ADVERBS = {
    "reply",
    "supply",
    "apply",
    "comply",
    "rely",
    "italy",
    "family",
    "assembly",
    "imply",
    "multiply",
    "only",
}
_ENDS_OF_ADJECTIVES = ("able", "ible", "ful", "ous", "less", "ical")
_NOT_ADJECTIVES = _listed(
    "cable table trouble double enable disable timetable vegetable constable assemble resemble handful "
    "nonetheless nevertheless unless regardless bible variable medical"
).words
_ADJECTIVES = (
    "able unable glad necessary unnecessary willing unwilling ready likely unlikely important difficult clear unclear "
    "certain aware unaware essential great small good bad strong weak true false sure apparent evident appropriate "
    "inappropriate additional considerable serious grave different reluctant anxious premature wise unwise prudent "
    "sufficient insufficient adequate inadequate identical imperative effective ineffective safe eager happy unhappy "
    "prepared inclined better unfortunate fortunate dependent independent consistent inconsistent relevant urgent "
    "significant inevitable satisfactory unsatisfactory"
)
_ENDS_OF_ABSTRACTS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism")
_NOT_ABSTRACTS = _listed(
    "mention question implement supplement document comment experience influence reference balance finance "
    "advance experiment station partition petition condition function caution commence torment cement mission "
    "commission evidence whence hence thence witness ship city harness audience worship sentence"
).words
_ENDS_OF_PLURALS = tuple(f"{end}s" for end in ("tion", "sion", "ment", "itie", "ence", "ance", "or", "ist", "ship"))
_PLURALS = (
    "countries nations governments troops problems years months weeks days hours terms areas parties people persons "
    "members powers ministers officers soldiers citizens allies circles elements things views measures proposals "
    "facts leaders efforts conferences newspapers papers authorities policies interests ideas steps figures talks"
)
_NOUNS_TOO = _listed("bes tends finds makes spends knows does has dos goods reaches sells tells expects").words
_NOT_PLURALS = _listed("mentions questions comments conditions functions references experiences").words
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
)
_NATIONS = (
    "russian soviet chinese japanese american british english french german italian polish turkish greek persian "
    "iranian iraqi arab jewish zionist israeli egyptian syrian lebanese indian pakistani burmese siamese thai korean "
    "mongolian manchurian vietnamese indonesian dutch belgian danish norwegian swedish finnish austrian hungarian "
    "rumanian romanian bulgarian yugoslav serbian croatian albanian czech czechoslovak slovak spanish portuguese "
    "swiss irish canadian australian cuban mexican brazilian argentine chilean peruvian european african asian western "
    "eastern allied axis ukrainian latvian estonian lithuanian"
)
_PARTIES = (
    "communist nationalist nazi fascist socialist monarchist republican democratic kuomintang zionist imperialist "
    "government peronist titoist royalist federalist unionist labour conservative liberal"
)

CLASSES: dict[str, WordClass] = {
    "any": WordClass(tests=(lambda word: True,)),
    "abstract": WordClass(tests=(_abstract,)),
    "adjective": WordClass(frozenset(_ADJECTIVES.split()), (_adjective,)),
    "adverb": WordClass(frozenset(["then", "now", "also", "still", "never", "always", "often", "soon"]), (_adverb,)),
    "article": _listed("a an the"),
    "be": _listed("be am is are was were been being"),
    "capitalised": WordClass(tests=(_capitalised,)),
    "in-word": WordClass(government.IN),
    "lower": WordClass(tests=(str.islower,)),
    "determiner": _listed("a an the this that these those his her its our their my your any some no each every such"),
    "digits": WordClass(tests=(lambda word: word.isdecimal(),)),
    "for-word": WordClass(government.FOR),
    "from-word": WordClass(government.FROM),
    "gerund": WordClass(tests=(_gerund,)),
    "have": _listed("have has had having"),
    "modal": _listed("can could may might must shall should will would cannot"),
    "month": WordClass(frozenset(MONTHS)),
    "nationality": WordClass(frozenset(_NATIONS.split())),
    "number": WordClass(frozenset(_NUMBERS.split()), (lambda word: word[0].isdecimal(),)),
    "object": _listed("me him her it us them"),
    "of-word": WordClass(government.OF),
    "on-word": WordClass(government.ON),
    "participle": WordClass(PARTICIPLES, (_past,)),
    "participle-only": WordClass((PARTICIPLES | {"agreed"}) - BASE - {"come", "cut", "put", "read", "run"}, (_past,)),
    "plural": WordClass(frozenset(_PLURALS.split()), (_plural,)),
    "political": _listed(_PARTIES),
    "possessive": _listed("my your his her its our their"),
    "preposition": _listed(
        "about above across after against along among around at before behind below beneath beside between beyond by "
        "despite down during except for from in inside into near of off on onto out outside over past per since "
        "through throughout till to toward towards under until up upon via with within without"
    ),
    "pronoun": _listed("i he she it we they who which there"),
    "subject": _listed("i he she we they"),
    "to-word": WordClass(government.TO),
    "verb": WordClass(BASE),
    "verb-only": WordClass(PLAIN),
    "with-word": WordClass(government.WITH),
    "verb-s": WordClass(frozenset(map(_third, PLAIN)) - _NOUNS_TOO),
    "weekday": WordClass(frozenset(WEEKDAYS)),
}
