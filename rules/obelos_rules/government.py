"""Words that govern a preposition: before an article, *accordance* wants *with* and *establishment* wants *of*.

Each list holds only words after which other short words are all but unknown in printed official prose; a word that
takes two prepositions freely is in none of them.
"""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


OF = _words(
    """
    abandonment absence acceleration acceptance achievement achievements acquisition adoption aftermath analysis
    anniversary appointment appraisal aspect aspects aspirations assassination attainment awareness beginning
    behalf bottom breakdown bulk bureau capacity cessation chairman characteristics chief cohesion collapse
    combination completion complexity components composition conclusion condemnation conduct confirmation
    consciousness consolidation construction contents continuance continuation continuity copies copy corner costs
    creation description desirability destruction details deterioration development dignity director disposition
    disruption dissolution domination draft drafting duration economies effectiveness efficiency elimination
    emergence employment endorsement enlargement essence establishment evacuation evaluation examination execution
    expansion expense exploitation exploration expression extension extent fate feasibility features finalization
    findings followers formation formulation framework fulfillment fulfilment functioning functions funeral
    governors hands head heart history implementation implications imposition inability inauguration inception
    inclusion indication initiation inscription installation instrument integrity intensification introduction
    inviolability issuance justification kind liberalization liberation likelihood liquidation location magnitude
    maintenance majority margin meaning member members memory middle modernization momentum nationals nature
    neutrality neutralization notion observance onset opening orientation outbreak outcome outline outset pace
    part parts percentage performance perpetuation phase phases philosophy portion portions possession possibility
    preparation preservation presidents probability product prohibition promotion promulgation proportion prospect
    prosperity protection provisions psychology publication purpose pursuit quality ranks ratification readiness
    realities realization recognition reconsideration reconstruction reconvening refusal rehabilitation rejection
    relaxation release remainder removal renewal repeal repetition replacement representatives rest restoration
    restriction resumption retention reversal review revision revival sake scope scores sections sectors seizure
    selection sense seriousness severity shores signatories signature signing size sort sovereignty spirit
    stability standpoint status strengthening substance substitution summary supervision suppression supremacy
    surrender survival survivors termination texts timing topic transcript transformation translation treatment
    types understanding unification uniformity urgency usefulness utilization validity value variety verification
    version versions vicinity victims view viewpoint violation violations vision vulnerability wake weakening
    weakness welfare willingness wishes wording
    """
)

TO = _words(
    """
    accession according accordingly accustomed adhere adhered adherence agreeable alternatives amendments
    analogous answers appeal appealed appeals applicable approach approaches assigned assistant attributable
    attributed belong belonging belongs beneficial closer commitment committed comparable conducive confined
    conform conforming contrary contribute contributed contributes contributing contribution contributions counter
    damage dedicated delegation delivered detrimental devoted due entitled equal equivalent favorable friendly
    harmful hostile identical impetus incentive indifferent introductory key leading limited listen listened
    listening loyal next objected objection obstacle obstacles opposed opposition pertaining pertinent preferable
    preliminary preparatory prior pursuant recourse referred referring refers related relates relating relative
    relevant reluctance replied reply repugnant resistance resort resorted responded responding response responses
    responsive restricted return returned reverted satisfactory sensitive similar subsequent superior susceptible
    sympathetic tantamount threat threats transmittal unacceptable unfavorable unfriendly
    """
)

IN = _words(
    """
    acquiesce acquiesced acquiescence changes concur concurred concurring confidence developments embodied engaged
    entailed footnote implicit improvement improvements incorporated increases inherent interested intervene
    intervened intervention investment involvement participant participants participate participated participates
    participating participation persist persisted progress reflected resulted resulting situated summarized
    tension tensions trends
    """
)

ON = _words(
    """
    abstain abstained attacks based bearing bent comment commented commenting comments concentrate concentrated
    concentrating contingent depend depended dependence dependent depending depends embark embarked emphasis
    encroach encroached encroachment encroachments expound focus focused impinge impinges imposed incumbent
    infringe infringement insist insisted insistence insisting insists lean leaning limitations notation
    predicated pressure reliance reliant relied relies rely relying
    """
)

FOR = _words(
    """
    account accounted accounts calling calls impossible justification opportunity penchant plans preference
    preparations provides providing rationale reason reasons request responsibility responsible search spokesman
    substitute waited waiting yearning
    """
)

WITH = _words(
    """
    accord accordance acquainted affiliated alignment allied associated association collaborate collaborated
    collaborating collaboration communicate communicated compatible compliance comply complying confer conferred
    conferring conflicts conform conformity confronted conjunction connected connection consistent consonance
    consonant consult consultation consultations consulted consulting contact contacts conversant converse
    conversed cooperated cooperating cooperation cope coping coupled deal dealing dealings deals dealt dialogue
    disagree disagreed dispense dispensed dissatisfaction dissatisfied entrusted faced familiar grips harmony
    identification identified incompatible inconsistent interfere interfered interferes interfering liaison
    preoccupation preoccupied proceed rapprochement reckon relations relationships sided sympathize tamper
    tampering ties together
    """
)

FROM = _words(
    """
    absent abstain abstaining apart arises arising aside away derive derived derives deriving detract detracts
    deviate deviation differ differed differs dissuade distinct divert emanate emanated emanates emanating emerge
    emerged emerges emerging exempt extricate inseparable refrain refrained refraining resulting secede seceded
    secession stem stemmed stemming stems suffered suffering suffers withdrawing withdrew
    """
)
