"""Kind ``surplus``: a function word that stands where nothing is much likelier to stand.

*in of the event*, *which which he had*: a word begun and begun again, or left over from a change of mind. The word is
flagged with the one before it, which is what is suggested. See kind ``context`` for the model.
"""

from .likelier import likelier

KIND = likelier("surplus", "surplus", __doc__)
