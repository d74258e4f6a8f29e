"""Verbs of official prose: base forms, those among them that are nothing but verbs, irregular participles."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PLAIN = _words(
    """
    accept accommodate accompany accomplish achieve acquire adapt adhere adjust admit adopt advise affect afford
    agree allow amend announce anticipate appear apply appoint appreciate approve argue arise arrange arrive
    ascertain assert assess assist assume assure attain avoid be become begin behave believe belong bring carry
    choose clarify collaborate come commence commit communicate complain comply comprise concede conceive
    conclude concur confer confine confirm conform consider consist constitute consult contain contemplate
    contend continue contribute convene convey convince cooperate create decide declare defend defer define
    demonstrate deny depart depend deprive derive describe deserve destroy deteriorate determine develop differ
    diminish discourage discover discuss dismiss dispose distinguish do eliminate embark emerge emphasise
    emphasize employ enable encourage endorse enforce ensure entail entrust envisage establish exclaim exclude
    exert exist expand expect expel explain explore extend facilitate fail find forbid foresee forget formulate
    fulfil furnish get give govern happen hasten hear hesitate identify ignore impair impede implement imply
    impose improve include incorporate incur indicate induce infer inform inherit initiate insert insist
    instruct insure intend interfere interpret intervene introduce invade invest investigate invite involve join
    justify keep know learn let listen lose maintain make meet modify negotiate obey observe obtain occupy occur
    offend omit operate oppose participate penetrate perform permit persist persuade possess postpone prefer
    prepare preserve prevail prevent proceed proclaim procure produce prohibit promote propose protect prove
    provide publish pursue raise reach realise realize receive recognise recognize recommend reconcile
    reconsider recover reduce refer refrain refuse regain reinforce reiterate reject relinquish rely remain
    remember remind remove renew replace represent require resign resist respond restore restrain resume retain
    reveal revert revise seek seem select sell send settle signify solve speak specify spend strengthen submit
    succeed suffer suggest suppose suppress sustain take tell tend terminate transmit undermine understand
    undertake utilise utilize vacate verify violate weaken withdraw withhold write
    """
)

BASE = PLAIN | _words(
    """
    act add aid aim answer appeal approach ask attack attempt award balance ban base benefit block break build
    call cause cease challenge change charge claim comment complete compromise concern conflict consent contact
    contest contract control converse cost cover cross cut damage deal decline delay demand deposit desire drive
    drop ease end endeavor endeavour enquire enter escape estimate exchange exercise express face fall favor
    favour fear fight finance fly follow force form gain go grant guarantee guard guide halt harm help hold hope
    increase influence insult interest issue judge lack land last lead leak leave lift limit link live look
    march mean measure mention merit move need note notice object offer open order pass pay place plan play
    point present press pressure profit progress promise protest purchase push put question quote rank rate read
    rebel record reform regard regret release repeat report request rescue resolve rest result return review
    risk rule run sacrifice sail say search secure see set shape share show sign sound stand start state stay
    stop strike study supply support surprise surrender suspect talk tender test think threaten trade train
    transfer treat trust try turn urge use view visit voice vote wait want warn watch weigh welcome win wish
    work worry yield
    """
)

PARTICIPLES = _words(
    """
    been begun borne bought bound broken brought built caught chosen come cut dealt done drawn driven fallen
    felt forgotten fought found given gone gotten grown had heard held hidden kept known laid led left lent lost
    made meant met paid put read risen run said seen sent set shown sold sought spent spoken stood struck sunk
    taken taught thought thrown told understood undertaken withdrawn withheld won written
    """
)
