"""Kind ``context``: a word, right by itself, where another would be much likelier.

*bane* for *base*, *of* for *or*, *in formation* for *information*: no list of words finds them. A model counted on
twelve million words of printed documents of the genre says how likely each word is between its neighbours, four on
either side; what may be meant are words alike in letters (*now*, *not*) or in sound (*medal*, *model*), and for
function words other function words, the likelier the more often editors have found them taken for one another. A word
may also have been written as two (*in formation*), or two as one (*maybe*). A judge trained on text with slips put in
weighs the two readings, the counts of the words with their neighbours, and how telegraphic the passage is. Names,
codes, abbreviations in capitals and words that the model does not know are left alone. `obelos learn` adds the
edition's own text and the answers of its editors.

Messages can say `{odds}` (*about 400 times likelier*), `{evidence}` (how often either reading stands in the counted
text) and `{word}`.
"""

from .likelier import likelier

KIND = likelier("context", "changed", __doc__)
