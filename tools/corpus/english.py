"""English inflection and the way from tokens back to a sentence as people write it.

Tokens follow the Penn Treebank: a clitic (n't, 's, 'm, 're, 'll) is a token of its own that is written without a
space before it; so is punctuation.
"""

from collections.abc import Sequence

from .tables import word_set

# base -> (past, past participle), where they aren't made with -ed
IRREGULAR = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """\
be was been
become became become
begin began begun
bite bit bitten
blow blew blown
break broke broken
bring brought brought
build built built
buy bought bought
catch caught caught
choose chose chosen
come came come
cost cost cost
cut cut cut
dig dug dug
do did done
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed fed
feel felt felt
find found found
fly flew flown
forget forgot forgotten
get got gotten
give gave given
go went gone
grow grew grown
hang hung hung
have had had
hear heard heard
hide hid hidden
hit hit hit
hold held held
hurt hurt hurt
keep kept kept
know knew known
lay laid laid
leave left left
lend lent lent
let let let
lie lay lain
light lit lit
lose lost lost
make made made
mean meant meant
meet met met
oversleep overslept overslept
pay paid paid
put put put
read read read
ride rode ridden
ring rang rung
rise rose risen
run ran run
say said said
see saw seen
sell sold sold
send sent sent
set set set
shine shone shone
show showed shown
sing sang sung
sit sat sat
sleep slept slept
speak spoke spoken
spend spent spent
stand stood stood
sweep swept swept
swim swam swum
take took taken
teach taught taught
tell told told
think thought thought
throw threw thrown
understand understood understood
wake woke woken
wear wore worn
win won won
withdraw withdrew withdrawn
write wrote written
can could could
will would would
should should should""".splitlines()
}

IRREGULAR_PLURALS = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "fish": "fish",
    "goldfish": "goldfish",
    "thief": "thieves",
    "wolf": "wolves",
    "sheep": "sheep",
    "deer": "deer",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "goose": "geese",
    "leaf": "leaves",
    "knife": "knives",
    "shelf": "shelves",
    "wife": "wives",
    "scarf": "scarves",
    "loaf": "loaves",
    "calf": "calves",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "won": "won",
    "policeman": "policemen",
    "fisherman": "fishermen",
}
_DOUBLED = word_set(
    "stop plan shop swim run sit put cut get chat jog hit win begin set let hug forget prefer bet rub mop "
    "wag dig hop wrap chop trim drop skip step trip clap pat dip nap"
)  # final consonant doubled before -ing and -ed
_VOWEL_SOUND = frozenset(("hour", "honest"))
_CONSONANT_SOUND = frozenset(
    ("university", "uniform", "one", "useful", "european", "used", "unique", "unicorn", "ukulele")
)
_LONG_COMPARATIVE = frozenset(  # two syllables, yet with more
    [
        "crowded",
        "careful",
        "useful",
        "boring",
        "tired",
        "famous",
        "modern",
        "helpful",
        "worried",
        "nervous",
        "fluent",
        "certain",
        "honest",
    ]
)
_IRREGULAR_COMPARATIVE = {
    "delicious": ("tastier", "tastiest"),
    "good": ("better", "best"),
    "bad": ("worse", "worst"),
    "far": ("farther", "farthest"),
    "much": ("more", "most"),
    "many": ("more", "most"),
    "well": ("better", "best"),
    "little": ("less", "least"),
    "fun": ("more fun", "most fun"),
}

BE_PRESENT = {"1sg": "am", "3sg": "is"}
_CONTRACTED_BE = {"am": "'m", "is": "'s", "are": "'re"}
_NEGATED_STEM = {"can": "ca", "will": "wo"}
PUNCTUATION = frozenset(".,?!")


def _is_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in tuple("aeiou")


def _add_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if _is_consonant_y(word) else word + "s"


def plural(noun: str) -> str:
    """The plural of a noun; of a compound, the plural of its last word (bus stop -> bus stops)."""
    *first, last = noun.split(" ")
    return " ".join([*first, IRREGULAR_PLURALS.get(last) or _add_s(last)])


def third_person(verb: str) -> str:
    """The third person singular of the present."""
    irregular = {
        "be": "is",
        "have": "has",
        "do": "does",
        "go": "goes",
        "can": "can",
        "will": "will",
        "should": "should",
    }
    return irregular.get(verb) or _add_s(verb)


def _with_suffix(verb: str, suffix: str) -> str:
    if verb in _DOUBLED:
        return verb + verb[-1] + suffix
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + suffix
    return verb + suffix


def gerund(verb: str) -> str:
    """The -ing form."""
    irregular = {"be": "being", "lie": "lying", "die": "dying", "tie": "tying"}
    return irregular.get(verb) or _with_suffix(verb, "ing")


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if _is_consonant_y(verb) else _with_suffix(verb, "ed")


def past(verb: str, person: str = "3sg") -> str:
    """The past; of `be`, was or were by the person."""
    if verb == "be":
        return "was" if person in ("1sg", "3sg") else "were"
    return IRREGULAR[verb][0] if verb in IRREGULAR else _regular_past(verb)


def participle(verb: str) -> str:
    """The past participle."""
    return IRREGULAR[verb][1] if verb in IRREGULAR else _regular_past(verb)


def present(verb: str, person: str) -> str:
    """The present; `person` is 1sg, 2sg, 3sg or pl."""
    if verb == "be":
        return BE_PRESENT.get(person, "are")
    return third_person(verb) if person == "3sg" else verb


def indefinite(word: str) -> str:
    """`a` or `an` before `word`, by its first sound."""
    first = word.lower()
    if first in _CONSONANT_SOUND:
        return "a"
    return "an" if first in _VOWEL_SOUND or first[0] in "aeiou" else "a"


def compare(adjective: str, degree: int = 0) -> str:
    """The comparative (degree 0) or superlative (degree 1)."""
    if adjective in _IRREGULAR_COMPARATIVE:
        return _IRREGULAR_COMPARATIVE[adjective][degree]
    short = len(_vowel_groups(adjective)) == 1 or (_is_consonant_y(adjective) and len(adjective) <= 8)
    if adjective in ("quiet", "simple", "narrow", "clever"):
        short = True
    if not short or adjective in _LONG_COMPARATIVE or " " in adjective:
        return f"{('more', 'most')[degree]} {adjective}"
    suffix = ("er", "est")[degree]
    if _is_consonant_y(adjective):
        return adjective[:-1] + "i" + suffix
    if adjective.endswith("e"):
        return adjective + suffix[1:]
    if adjective[-1] in "gtdnm" and adjective[-2] in "aeiou" and adjective[-3] not in "aeiou":
        return adjective + adjective[-1] + suffix
    return adjective + suffix


def _vowel_groups(word: str) -> list[str]:
    stem = word[:-1] if word.endswith("e") and not word.endswith("le") else word
    groups, inside = [], False
    for char in stem:
        vowel = char in "aeiouy"
        if vowel and not inside:
            groups.append(char)
        inside = vowel
    return groups


def contract_be(form: str) -> str:
    """The clitic of a form of be: am -> 'm."""
    return _CONTRACTED_BE[form]


def negated_stem(auxiliary: str) -> str:
    """What stands before n't: can -> ca, will -> wo, did -> did."""
    return _NEGATED_STEM.get(auxiliary, auxiliary)


def detokenize(tokens: Sequence[str]) -> str:
    """The sentence as people write it: clitics and punctuation attached, the first letter a capital."""
    text = ""
    for token in tokens:
        attached = token in PUNCTUATION or token == "n't" or token.startswith("'")
        text += token if attached or not text else " " + token
    return text[0].upper() + text[1:]
