"""Kind ``omission``: a place where a word may have been left out, because the text with it is much likelier.

*a copy of this correspondence [to] Chairman*, *I do [not] feel*: the words most often left out are function words, and
only those are put in. What is flagged are the words on either side of the gap. In telegraphic passages, which leave out
articles and links on purpose, much more is asked before anything is said. See kind ``context`` for the model.
"""

from .likelier import likelier

KIND = likelier("omission", "missing", __doc__)
