"""Pieces that rules look for, made up, so that random texts come near to what they find."""

from hypothesis import strategies as st

NUMBERS = "Nos. |495, |and |or |No.|12|1. |2. |(a) |[1.] |a) |i. |iv) |three |$5 |%| 1,000,000 |paras. |pp. |¼|I.|II. "
SPACES = "\n|\n\n| |  |\t|\r\n|\f|\u00a0|\u2028|\u0085"
NOTES = "[footnoteRef:1]|[1:  note]|[endnoteRef:2]|[2:|[1] |\n[1] |[|]|[illegible]|[sic]|[Here follows"
REFERENCES = (
    "paragraph 4 above|paragraph 9|Your telegrams Nos. |your telegram No. 459|my despatch 12 of June 3|Telegram 12|"
    "enclosures (2)|Enclosure: |F.O. 371/53561|740.00/6-546|copy to |\nFrom: |\nTo: |SECRET\n|TOP SECRET|No. 456"
)
DATES = (
    "June 1946|06/06/1945|31 June |Monday, |March 25, 1946|25th |1946-06-31|May |yesterday, |29 February 1900|"
    "D. 2 p.m. |R. 11 a.m. |2360 hours|June 3 to 1 |Received June 2|'46|12.30 "
)
WORDS = (
    "the |the the |would the |pre-|Russian |bane |J.I.C |Sinꞌ|a |an |of of the |teh |government |govern ment |ofthe |"
    "recieve |Byrnes |Byrne |Truman |Trueman |Tokyo |Tokio |Peking |with regard |I |O |l |rn|tbe |tlie |Mr. |Mr |U.S. |"
    "an hour |that that |from time to time to |xylophonically |zzyzx |its |it's |REPEAT |REPEAT bane |"
)
SIGNS = (
    "Мa|\u00ad|\ufeff|\0|é|e\u0301|👩\u200d👩|ا|ﬁ|ſ|İ|ß|\x1b[2J|\x85|"
    "’|.|,|(|)|“|”|\"|‘|'|;|:|—|--|-\n|…|. . .|* * *|&amp;|<b>|"
)
PIECES = [
    piece for group in (NUMBERS, NOTES, REFERENCES, DATES, WORDS, SIGNS) for piece in group.split("|") if piece
] + SPACES.split("|")

texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
"""Any text, and texts of such pieces."""
