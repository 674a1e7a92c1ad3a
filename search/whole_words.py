"""Words that an index keeps whole beside their pairs: the field's own, which are looked for most.

最低生活保障 as a phrase is five long lists of places to be compared, as a token of its own it is one list.
What is found is the same: a word stands whole exactly where its pairs stand one behind the other.
"""

from __future__ import annotations

from hashlib import sha256

from search.characters import fold, is_chinese
from search.synonym_seed import GROUPS

#: characters from which on a word is more than one pair
LENGTH = 3
WHOLE = sorted({fold(word) for group in GROUPS for word in group if len(word) >= LENGTH and is_chinese(word)})
#: changes with the list
NAME = sha256(" ".join(WHOLE).encode()).hexdigest()[:8]
_KEPT = frozenset(WHOLE)
#: before a word that stands in a title: no pair of characters and no word of letters looks like it
_TITLE = "t"


def whole_words(title: str, body: str) -> list[str]:
    """What a record gets besides its pairs, by its folded texts: a token for each word where it stands."""
    text = f"{title} {body}"
    return [*(_TITLE + word for word in WHOLE if word in title), *(word for word in WHOLE if word in text)]


def whole_word(folded: str, *, in_title: bool) -> str:
    """The token by which a word of a query is found in titles or anywhere; empty for words not kept whole."""
    if folded not in _KEPT:
        return ""
    return _TITLE + folded if in_title else folded
