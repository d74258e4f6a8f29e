"""Going about in the plain review: findings, differences, words, filters, searches."""

import re
from dataclasses import replace

from obelos_rules import LEVELS
from obelos_transcripts import BadInput, Span

from ..alike import whole_words
from ..search import spans
from ..sieve import ALL, Sieve, codes_in_order, next_rule, sieve_of
from ..view import first_open, step
from ..word_steps import chosen_at
from ..wording import counted, item_line
from .session import Session
from .verbs import verb

_LISTED = 40


@verb("next", "n")
def next_finding(session: Session, rest: str) -> None:
    """Go to the next finding; while a search is on, to its next match."""
    _step(session, 1)


@verb("previous", "N", "back")
def previous_finding(session: Session, rest: str) -> None:
    """Go to the finding, or match, before."""
    _step(session, -1)


def _step(session: Session, direction: int) -> None:
    if session.matches:
        at = session.item.span if session.item else Span(-1, -1)
        beyond = [m for m in session.matches if (m > at if direction > 0 else m < at)]
        span = (beyond or session.matches)[0 if direction > 0 else -1]
        session.say(f"match {session.matches.index(span) + 1} of {len(session.matches)}")
        session.take_in_hand(session.review.item_for(Span(*span)))
        return
    item = step(session.view.items, session.item, direction, only_open=session.only_open)
    nothing = "Nothing passes the filter: “show all” ends it." if session.sieve else "There are no findings here."
    session.take_in_hand(item, nothing)


@verb("by rank", "o")
def by_rank(session: Session, rest: str) -> None:
    """Put the findings first whose rules were right most often here, or follow the text again."""
    review = session.review
    review.order_by_rank(not review.state.by_rank)
    session.say("By rank: the rules first that were right most often here." if review.state.by_rank else "As the text.")
    session.take_in_hand(first_open(session.view.items), "There are no findings here.")


@verb("list [FROM]", "l")
def list_findings(session: Session, rest: str) -> None:
    """List the findings shown, forty at a time, from the first or from a number."""
    items = session.view.items
    first = max(1, int(rest)) if rest.isdigit() else 1
    for number, item in list(enumerate(items, 1))[first - 1 : first - 1 + _LISTED]:
        session.say(f"{number:>4} {item_line(session.view, item).plain}")
    if len(items) >= first + _LISTED:
        session.say(f"… {len(items)} in all; “list {first + _LISTED}” goes on.")
    elif not items:
        session.say("Nothing is shown.")


@verb("find WORDS", "/", "search")
def find_words(session: Session, rest: str) -> None:
    """Search the working text without regard to case; next and previous step, “find” alone ends it."""
    session.matches = list(spans(session.review.state.text, rest))
    if not rest:
        session.say("The search is over: next goes to findings.")
    elif not session.matches:
        session.say(f"“{rest}” does not stand in the working text.")
    else:
        _step(session, 1)


@verb("difference", "]")
def next_difference(session: Session, rest: str) -> None:
    """Go to the next place where the version beside the working text differs."""
    _difference(session, 1)


@verb("previous difference", "[")
def previous_difference(session: Session, rest: str) -> None:
    """Go to the difference before."""
    _difference(session, -1)


def _difference(session: Session, direction: int) -> None:
    view = session.view
    differences = view.differences()
    if not differences:
        session.say(f"{view.version.title} does not differ.")
        return
    at = session.item.span if session.item else Span(-1, -1)
    beyond = [v for v in differences if (v.left > at if direction > 0 else v.left < at)]
    found = (beyond or differences)[0 if direction > 0 else -1]
    session.take_in_hand(session.review.item_for(found.left, view.version.siglum))


@verb("version [SIGLUM]", "v", "versions")
def other_version(session: Session, rest: str) -> None:
    """Put another version beside the working text, the next one unless you name it; its differences are gone to."""
    sigla = [version.siglum for version in session.review.state.versions]
    if rest and rest not in sigla:
        raise BadInput.at("version", None, f"there is no version “{rest}”; there are {', '.join(sigla)}")
    session.siglum = rest or sigla[(sigla.index(session.view.version.siglum) + 1) % len(sigla)]
    session.say(f"Beside the working text: {session.siglum}, of {', '.join(sigla)}.")


@verb("filter WHAT…", "f")
def filter_findings(session: Session, rest: str) -> None:
    """Show only some findings: name rules (codes or names), levels, layers, states (open, decided, queried, stale)."""
    _sift(session, sieve_of(rest.replace(",", " ").split(), session.review.rules))


@verb("show all", "F")
def show_all(session: Session, rest: str) -> None:
    """Show all findings again."""
    _sift(session, ALL)


@verb("next rule", ".")
def to_next_rule(session: Session, rest: str) -> None:
    """Show only the findings of the next rule that has any."""
    _rule(session, 1)


@verb("previous rule", ",")
def to_previous_rule(session: Session, rest: str) -> None:
    """Show only the findings of the rule before."""
    _rule(session, -1)


def _rule(session: Session, direction: int) -> None:
    sieve = next_rule(session.sieve, session.review.state.items, session.review.rules, direction)
    if sieve is None:
        session.say("No rule has findings here.")
    else:
        _sift(session, sieve)


def _sift(session: Session, sieve: Sieve) -> None:
    levels = [level for level in LEVELS if level in sieve.levels]
    levels += [rule.level for rule in session.review.rules if rule.code in sieve.rules]
    session.review.look_down_to(max((*levels, session.review.level), key=LEVELS.index))
    session.sieve = sieve
    session.say(f"{sieve.told() or 'all'}: {counted(len(session.view.items), 'finding', 'findings')}.")
    session.take_in_hand(first_open(session.view.items) or next(iter(session.view.items), None), "Nothing is shown.")


@verb("counts")
def counts(session: Session, rest: str) -> None:
    """Say how many findings each rule has here; “–” and the number of those that have none."""
    found = replace(session.sieve, rules=()).counts(session.review.state.items)
    names = {rule.code: rule.name for rule in session.review.rules}
    codes = codes_in_order(session.review.rules, found)
    for code in codes:
        if found[code]:
            session.say(f"{found[code]:>5}  {code}  {names.get(code, '')}")
    session.say(f"    –  {sum(not found[code] for code in codes)} rules have none")


@verb("open only", "u")
def open_only(session: Session, rest: str) -> None:
    """Let next and previous pass over answered findings, or not."""
    session.only_open = not session.only_open
    session.say("Open findings only." if session.only_open else "All findings.")


@verb("choose WORDS[#N]", "␣", "at")
def choose(session: Session, rest: str) -> None:
    """Take any words in hand, as they stand in the text; WORDS#2 for their second place, else the next."""
    span = _occurrence(session, rest)
    known = next((item for item in session.view.items if item.span == span), None)
    session.chosen = chosen_at(session.review.state.text, span)
    session.take_in_hand(known or session.review.item_for(span))


def _occurrence(session: Session, wanted: str) -> Span:
    """The words that are meant, whole ones: of several places that of the number, else the next from here."""
    text = session.review.state.text
    found, number = list(whole_words(text, wanted)), 0
    if not found and (numbered := re.fullmatch(r"(.+)#(\d{1,6})", wanted, re.DOTALL)):
        found, number = list(whole_words(text, numbered[1])), int(numbered[2])
    if not found or number > len(found):
        what = f"they stand there {len(found)} times" if found else f"“{wanted}” stands nowhere as whole words"
        raise BadInput.at("choose", None, f"{what}; say words as they stand in the text, or WORDS#2")
    at = session.item.span.start if session.item else 0
    span = found[number - 1] if number else next((one for one in found if one.start >= at), found[0])
    if len(found) > 1:
        session.say(f"place {found.index(span) + 1} of {len(found)}")
    return span


@verb("word", "→")
def next_word(session: Session, rest: str) -> None:
    """Take the next word in hand."""
    _choose(session, 1, stretch=False)


@verb("previous word", "←")
def previous_word(session: Session, rest: str) -> None:
    """Take the word before in hand."""
    _choose(session, -1, stretch=False)


@verb("stretch", "⇧→")
def stretch(session: Session, rest: str) -> None:
    """Choose one more word at the right."""
    _choose(session, 1, stretch=True)


@verb("shrink", "⇧←")
def shrink(session: Session, rest: str) -> None:
    """Choose one word less at the right or, of a single word, one more at the left."""
    _choose(session, -1, stretch=True)


def _choose(session: Session, direction: int, *, stretch: bool) -> None:
    text = session.review.state.text
    begun = session.chosen or chosen_at(text, session.item.span if session.item else Span(0, 0))
    if begun is None:
        raise BadInput.at("the review", None, "there are no words in this text")
    session.chosen = begun.stretched(text, direction) if stretch else begun.moved(text, direction)
    session.take_in_hand(session.review.item_for(session.chosen.span))
