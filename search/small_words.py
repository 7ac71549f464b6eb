"""Words that say little about what a text is about; they weigh less in a query, and are not marked in results."""

from community.core.languages import ENGLISH, FRENCH
from search.analysis import fold

MORE_FRENCH = (
    "puis peux veux veut dois doit suis es êtes était être ça cela ceci aussi très bien lors entre vers chez leurs lui "
    "eux te me se moi toi soi tout tous toute toutes autre autres même fait faire avoir eu quelqu quelque quelques "
    "chose aujourd hui"
)
MORE_ENGLISH = (
    "am me us him them than then also just only very any some more most much many get got want need like about know "
    "tell dont cant im ive one other another own same too may might must since while because been being doing going"
)
SMALL_WORDS = frozenset(fold(word) for word in (*FRENCH, *ENGLISH, *MORE_FRENCH.split(), *MORE_ENGLISH.split()))
