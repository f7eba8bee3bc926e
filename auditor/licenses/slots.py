"""What can stand where a licence leaves room for the name of a party."""

from auditor.licenses.words import Words

# Words that no party's name has: verbs, conditions, persons other than holders, restrictions.
_REFUSED = frozenset(
    """
    may must shall can cannot will would should could might is are was were be been being am do does did has have had
    use uses used using copy copied copies modify modified distribute distributed redistribute redistributed sell sold
    sublicense resell provide provided provides make made give given pay paid payment fee fees charge royalty royalties
    agree agrees agreed accept accepts accepted acknowledge acknowledges obtain obtained require required requires
    unless except only not no nor never without until unlike if when where whether otherwise however hereby herein
    thereof subject solely exclusively expressly including limited restricted prohibited forbidden permitted permission
    granted grant grants license licensed agreement written prior consent terms conditions condition
    user users enduser endusers customer customers recipient recipients licensee licensees you your yours buyer
    purchaser anyone everyone everybody nobody person persons
    commercial commercially noncommercial noncompete compete competing competitor profit nonprofit military
    evaluation academic personal internal
    liable liability damages warranty warranties indemnify purpose purposes
    """.split()
)
# Small words that names of parties are joined with, and common words for parties.
_PLAIN = frozenset(
    """
    the a an and or of for in at by on to its his her their our any all other others each some various several et al von
    van de der den la le du und y e as well also aforementioned above named listed respective original initial
    author authors copyright holder holders owner owners contributor contributors contributing developer developers
    maintainer maintainers creator creators writer writers programmer programmers party parties member members team
    regents trustees university universities college institute institution institutions laboratory laboratories
    department school center company companies corporation corporations organization organizations organisation
    foundation project projects group community consortium association society committee government agency
    inc ltd llc gmbh corp co plc ag bv sa sarl limited incorporated employees officers directors agents affiliates
    licensor licensors suppliers supplier sponsor sponsors subsidiaries software org com net io
    """.split()
)
MOST_WORDS = 22


def can_fill(kind: str, words: Words, first: int, end: int) -> bool:
    """Whether words of a file can fill a slot: of the kind "years" numbers of years, else a party's name."""
    if kind == "years":
        return all(words.words[index].isdigit() for index in range(first, end))
    return is_name(words, first, end)


def is_name(words: Words, first: int, end: int) -> bool:
    """Whether the words `first` up to, not including, `end` can be the name of a party ("the regents of X").

    Names are capitalised where the text is not; where all is capitals, only words that no name has are refused.
    """
    if not 0 < end - first <= MOST_WORDS:
        return False
    return all(_is_part(words.words[index], words.written(index)) for index in range(first, end))


def _is_part(word: str, written: str) -> bool:
    if word in _REFUSED:
        return False
    return word in _PLAIN or not written.islower() or not written.isascii()
