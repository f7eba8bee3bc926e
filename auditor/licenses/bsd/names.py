"""What can stand in the slots of the BSD family's wordings: names of parties, never a condition."""

from auditor.licenses.bsd.parts import family
from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.patterns import MOST_SLOT_WORDS, compile_wording
from auditor.licenses.words import Words, read_words

# Words that no name has: verbs, negations, conditions, persons other than holders, restrictions.
_REFUSED = frozenset(
    """
    name names may might must shall should can cannot could will would ought is are was were be been being am does
    did has have had having get gets got let lets make makes made give gives given take takes keep keeps use uses
    used using copy copies copied copying version versions unmodified modify modifies modified modifying change
    changes changed distribute distributes distributed distributing redistribute redistributes redistributed
    redistributing redistribution redistributions sell sells selling sold resell resold lease rent host hosting
    embed embedded deploy run runs running install installed access accessed download downloaded display displays
    reproduce retain retains include includes included including contain contains appear endorse endorses promote
    promotes derived provide provides provided providing pay pays paid payment payments fee fees charge charges
    price royalty royalties sale purchase buy obtain obtains obtained receive received request require requires
    required contact agree agrees agreed agreement accept accepts accepted acknowledge acknowledges warrant warrants
    represent assume assumes bear bears indemnify indemnifies hold held harmless disclaim disclaims disclaimed waive
    waives unless except only solely exclusively expressly strictly merely not no nor neither never without until
    unlike if when where whenever wherever whether while otherwise however hereby herein hereof hereto thereof
    therefore because subject according notwithstanding regardless despite than then limited restricted prohibited
    forbidden prevented permitted allowed allow allows permission granted grant grants license licenses licensed
    licensing sublicense written prior consent approval terms term conditions condition clause restriction
    restrictions requirement requirements user users enduser endusers customer customers client clients consumer
    consumers subscriber subscribers recipient recipients licensee licensees you your yours yourself buyer buyers
    purchaser purchasers seller reseller distributor distributors redistributor operator operators anyone everyone
    everybody nobody someone person persons whoever who whom whose which that he she they we me them commercial
    commercially noncommercial noncompete compete competes competing competitor competitors competitive nonprofit
    profit military nuclear weapons evaluation trial personal private internal educational liable liability damage
    damages loss warranty warranties express implied responsible responsibility risk sole purpose purposes
    modification modifications binary form forms documentation these those there here please also but so
    """.split()
)
# Small words that join names, and words that stand for holders without naming them. Others are taken for names
# when they have a capital, a digit or a foreign letter.
_PLAIN = frozenset(
    """
    the a an and or of at its his her their my our this any all other others each some various several et al von van
    de der den la le du di da und y e aforementioned above below named listed respective original author authors
    copyright holder holders owner owners contributor contributors contributing developer developers maintainer
    maintainers creator creators writer writers programmer programmers party parties member members team regents
    trustees university universities college institute institution institutions laboratory laboratories department
    school center centre company companies corporation corporations organization organizations organisation
    foundation project projects group community consortium association society committee government agency office
    engineering computing consulting imaging processing united integrated applied advanced inc ltd llc gmbh corp co
    plc ag bv sa sarl limited incorporated employees officers directors agents affiliates affiliated licensor
    licensors supplier suppliers sponsor sponsors subsidiaries parent successors software org com net http www html
    """.split()
)
# "The center for …", "software in the public interest"; behind another word these begin a condition.
_BEFORE_PURPOSE = frozenset(
    """
    center centre institute institution foundation society association agency department office council laboratory
    project group consortium committee community software university school board team
    """.split()
)
_PURPOSE = frozenset("for in on by from to".split())
_VERB_ENDINGS = ("ing", "ed", "ly")
_MOST_SMALL = 2  # words of a name that are neither capitalised nor plain: "the numpy developers"
_JOINING = frozenset("and or of its".split())
_NEVER_FIRST = frozenset("and or of".split())
_NEVER_LAST = _NEVER_FIRST | _PURPOSE | frozenset("the a an at its".split())
_UNBOUND = ("party",)


class Names:
    """The slot test for one text."""

    __slots__ = ("_known", "_phrases", "_reach", "_words")

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: frozenset[str] | None = None
        self._reach: dict[int, int] = {}
        self._phrases: dict[tuple[str, int], int] = {}

    def accept(self, kind: str, first: int, end: int) -> bool:
        """Whether the words `first` up to, not including, `end` can fill a slot of this kind."""
        if kind in family().slots:
            return self._phrase_end(kind, first) == end
        if end > self._name_end(first) or not self._is_whole(first, end):
            return False
        return kind in _UNBOUND or self._is_boundary(end)

    def _is_whole(self, first: int, end: int) -> bool:
        """Whether these words neither begin nor end with a word that joins."""
        words = self._words.words
        return words[first] not in _NEVER_FIRST and words[end - 1] not in _NEVER_LAST

    def _phrase_end(self, kind: str, first: int) -> int:
        if (kind, first) not in self._phrases:
            found = compile_wording(family().slots[kind]).match(self._words.words, first)
            self._phrases[kind, first] = found.end if found else -1
        return self._phrases[kind, first]

    def _name_end(self, first: int) -> int:
        """How far a name that begins here can go at most."""
        if first not in self._reach:
            small, at = 0, first
            while at < min(len(self._words), first + MOST_SLOT_WORDS):
                weight = self._weight(at)
                small += weight
                if weight < 0 or small > _MOST_SMALL:
                    break
                at += 1
            self._reach[first] = at
        return self._reach[first]

    def _weight(self, index: int) -> int:
        """0 for a word that a name has, 1 for one that it could have, -1 for one that it cannot have."""
        word, written = self._words.words[index], self._words.written(index)
        if word in _REFUSED:
            return -1
        if word in _PURPOSE:
            return 0 if index and self._words.words[index - 1] in _BEFORE_PURPOSE else -1
        if word in _PLAIN or not written.isascii() or self._is_glued(index):
            return 0
        if (written.islower() or written.isupper()) and word.endswith(_VERB_ENDINGS) and word not in self._holders():
            return -1
        return 1 if written.islower() else 0

    def _holders(self) -> frozenset[str]:
        """The words with which the copyright statements of the text name holders."""
        if self._known is None:
            statements, _ = find_copyrights(read_words(self._words.text))
            named = " ".join(statement.holder for statement in statements)
            self._known = frozenset(read_words(named).words)
        return self._known

    def _is_glued(self, index: int) -> bool:
        """Whether a word is a later piece of an address ("andrew.cmu.edu")."""
        words = self._words
        gap = words.text[words.ends[index - 1] : words.starts[index]] if index else ""
        return gap in (".", "@", "/", "-", "_", "://")

    def _is_boundary(self, index: int) -> bool:
        """Whether a sentence or another part begins at this word."""
        words = self._words
        if index >= len(words) or family().opened(words.words, index):
            return True
        gap = words.text[words.ends[index - 1] : words.starts[index]]
        if words.words[index] in _JOINING:
            return False
        stop = "." in gap and any(sign.isspace() for sign in gap)
        return stop or gap.count("\n") > 1 or any(sign.isalnum() for sign in gap)
