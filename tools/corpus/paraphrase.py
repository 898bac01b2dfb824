"""Another fair rendering of an English sentence: contractions, synonyms, another way to ask.

`paraphrase` changes the words of a sentence that the grammar has made once more, with other choices of English
wording (`Context.english`); together they give the second reference of a test pair.
"""

from .draw import Draw
from .english import indefinite
from .tables import word_set

# What stands for what, tokens separated by spaces; `a | b` goes both ways.
_SWAPS = """
do n't | do not
does n't | does not
did n't | did not
is n't | is not
are n't | are not
was n't | was not
were n't | were not
ca n't | can not
could n't | could not
wo n't | will not
i 'll | i will
we 'll | we will
he 'll | he will
she 'll | she will
they 'll | they will
i 'm | i am
we 're | we are
they 're | they are
he 's | he is
she 's | she is
it 's | it is
"""
_SYNONYMS = """
i 'll > i 'm going to
we 'll > we 're going to
he 'll > he 's going to
she 'll > she 's going to
they 'll > they 're going to
will you > are you going to
have to > need to
has to > needs to
had to > needed to
want to > would like to
wants to > would like to
a lot of > lots of
little brother > younger brother
little sister > younger sister
older brother > big brother
older sister > big sister
dad > father
mom > mother
take a shower > have a shower
took a shower > had a shower
taking a shower > having a shower
take a nap > have a nap
took a nap > had a nap
take a walk > go for a walk
took a walk > went for a walk
taking a walk > going for a walk
have breakfast > eat breakfast
had breakfast > ate breakfast
having breakfast > eating breakfast
have lunch > eat lunch
had lunch > ate lunch
having lunch > eating lunch
have dinner > eat dinner
had dinner > ate dinner
having dinner > eating dinner
wash the dishes > do the dishes
washed the dishes > did the dishes
washing the dishes > doing the dishes
prepare dinner > make dinner
prepared dinner > made dinner
preparing dinner > making dinner
watch tv > watch television
watched tv > watched television
watching tv > watching television
watch a movie > watch a film
watched a movie > watched a film
movies > films
movie ticket > cinema ticket
movie tickets > cinema tickets
store > shop
trash > garbage
e-mail > email
delicious > tasty
big > large
difficult > hard
pretty > lovely
cute > adorable
not long ago > recently
a while ago > earlier
the day before yesterday > two days ago
a few days ago > several days ago
the day after tomorrow > in two days
on weekends > on the weekend
half past one > one thirty
half past two > two thirty
half past three > three thirty
half past four > four thirty
half past five > five thirty
half past six > six thirty
half past seven > seven thirty
half past eight > eight thirty
half past nine > nine thirty
half past ten > ten thirty
usually > normally
fix > repair
fixed > repaired
fixing > repairing
answer the phone > pick up the phone
answered the phone > picked up the phone
buy > get
bought > got
buying > getting
start > begin
started > began
look around > explore
looked around > explored
looking around > exploring
go to school on foot > walk to school
went to school on foot > walked to school
taxi > cab
stay at home > stay home
stayed at home > stayed home
stay home > stay at home
quickly > fast
because > since
how much is > what is the price of
really > very
meet > see
met > saw
choose > pick
chose > picked
choosing > picking
cell phone > mobile phone
sneakers > trainers
plane > airplane
bike > bicycle
soccer > football
math > mathematics
woman > lady
gift > present
gifts > presents
took pictures > took photos
sick > ill
see a doctor > go to the doctor
saw a doctor > went to the doctor
near > close to
make a phone call > call someone
made a phone call > called someone
the subway > the metro
come back home > return home
came back home > returned home
coming back home > returning home
get up > get out of bed
got up > got out of bed
getting up > getting out of bed
go to bed > go to sleep
went to bed > went to sleep
going to bed > going to sleep
told me to > asked me to
somebody > someone
asked if > asked whether
give me > get me
i hate > i do n't like
we hate > we do n't like
could take > was able to take
arrived in > got to
arrive in > get to
likes > enjoys
like > enjoy
rested > took a rest
rest > take a rest
often > frequently
do yoga > practice yoga
did yoga > practiced yoga
have a fever > have a temperature
had a fever > had a temperature
the weather is > it is
the weather was > it was
exercise > work out
exercised > worked out
can i > may i
could n't > was n't able to
go to the dentist > see a dentist
went to the dentist > saw a dentist
the sun rose > the sun came up
the sun set > the sun went down
spring came > spring is here
winter came > winter is here
forest > woods
who lives > that lives
who works > that works
who speaks > that speaks
i think > i think that
today is > it 's
as a child > in childhood
years old > years of age
walk in the park > take a walk in the park
walked in the park > took a walk in the park
swam > went swimming
swim > go swimming
play games > play video games
cried > wept
laughed loudly > laughed out loud
talked > chatted
talk > chat
listen to music > listen to some music
listened to music > listened to some music
shopped > went shopping
go home > head home
went home > headed home
a few > several
in line > in the queue
catch a cold > get a cold
caught a cold > got a cold
was late > arrived late
were late > arrived late
is a quiet man > is a quiet person
memorize words > learn words
memorized words > learned words
studied hard > worked hard
fell down > fell
took care of > looked after
take care of > look after
taking care of > looking after
suggested > proposed
quit > gave up
prepare for > get ready for
prepared for > got ready for
preparing for > getting ready for
cross > go across
crossed > went across
spacious > roomy
interesting > fascinating
expensive > pricey
famous > well-known
right now > at the moment
these days > nowadays
soon . > before long .
is a good father > is a great father
is a good wife > is a great wife
is a good mother > is a great mother
is a good aunt > is a great aunt
is a good uncle > is a great uncle
is a good husband > is a great husband
is a good grandmother > is a great grandmother
is a good grandfather > is a great grandfather
is one thousand > costs one thousand
is two thousand > costs two thousand
is three thousand > costs three thousand
is five thousand > costs five thousand
is ten thousand > costs ten thousand
is twenty thousand > costs twenty thousand
is fifty thousand > costs fifty thousand
is a librarian > works as a librarian
is a doctor > works as a doctor
is a nurse > works as a nurse
is a teacher > works as a teacher
is a chef > works as a chef
is a farmer > works as a farmer
is a lawyer > works as a lawyer
is a singer > works as a singer
is a pharmacist > works as a pharmacist
is a firefighter > works as a firefighter
is a pilot > works as a pilot
is a baker > works as a baker
is a painter > works as a painter
is a scientist > works as a scientist
is a professor > works as a professor
is a clerk > works as a clerk
is an engineer > works as an engineer
is an actor > works as an actor
some clothes > some pieces of clothing
there lived > there was
went on a trip to > traveled to
go on a trip to > travel to
cleaned > tidied up
clean > tidy up
loved > adored
are you good at > are you any good at
what time is it now > what 's the time now
younger than me > younger than i am
taller than me > taller than i am
busier than me > busier than i am
healthier than me > healthier than i am
listened to the radio > had the radio on
a cup of > one cup of
a glass of > one glass of
a bottle of > one bottle of
on the farm > at the farm
grow vegetables > raise vegetables
grows vegetables > raises vegetables
"""
_CAPITALS = {"i": "I", "tv": "TV"}


def _read() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    rules = []
    for line in _SWAPS.strip().splitlines():
        a, b = (tuple(side.split()) for side in line.split(" | "))
        rules += [(a, b), (b, a)]
    for line in _SYNONYMS.strip().splitlines():
        a, b = (tuple(side.split()) for side in line.split(" > "))
        rules.append((a, b))
    return tuple(rules)


RULES = _read()


def _at(words: list[str], pattern: tuple[str, ...]) -> int:
    """Where the pattern begins, -1 if it doesn't occur."""
    n = len(pattern)
    lower = [word.lower() for word in words]
    return next((i for i in range(len(words) - n + 1) if tuple(lower[i : i + n]) == pattern), -1)


_LINKED = {"so": "since", "but": "although"}  # X, so Y -> since X, Y
_SAME = frozenset(("i", "we", "it", "the", "you"))  # a clause that begins so may follow the one it explains


def _reordered(words: list[str]) -> list[str]:
    """The sentence with its clauses tied in another way, if it has two; else as it is."""
    lower = [word.lower() for word in words]
    if "," in lower[1:-1]:
        comma = lower.index(",", 1)
        one, two, sign = words[:comma], words[comma + 1 : -1], words[-1:]
        first = "I" if one[0] == "I" else one[0]
        if two and two[0] in ("so", "but") and "," not in two and "let" not in two and sign == ["."]:
            return [_LINKED[two[0]], first, *one[1:], ",", *two[1:], *sign]
        if lower[0] in ("if", "when", "while", "after", "before") and lower[1] in _SAME and "," not in two:
            return [*two, lower[0], *one[1:], *sign]
    if lower[0] == "please" and words[-1] == ".":
        return [*words[1:-1], ",", "please", "."]
    if lower[:2] == ["let", "'s"] and words[-1] == ".":
        return ["why", "do", "n't", "we", *words[2:-1], "?"]
    if lower[0] == "there" and lower[1] in ("is", "are") and lower[2] not in ("a", "no") and "n't" not in lower:
        place = next((i for i, word in enumerate(lower) if word in _PLACE_WORDS), 0)
        return [*words[2:place], lower[1], *words[place:]] if place else words
    if lower[-4:-2] == ["than", "that"]:
        return [*words[:-2], "one", words[-1]]
    return words


_PLACE_WORDS = ("in", "on", "under", "next", "behind", "near", "at")


# Words with which the article is fixed.
_FIXED = word_set("""
sun moon sea sky weather world bus train subway radio internet piano guitar violin day morning afternoon evening weekend
week mountains countryside park market dishes laundry trash lot little few while capital traffic
""")


def other_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """The sentence with its first article of two exchanged: Korean has none, and leaves it open."""
    for i, word in enumerate(words[:-1]):
        following = words[i + 1].lower()
        if following in _FIXED or following.endswith(("est", "s")):
            continue
        if word.lower() == "the" and words[i - 1 : i] not in (("all",), ("in",)):
            return (*words[:i], indefinite(following), *words[i + 1 :])
        if word.lower() in ("a", "an"):
            return (*words[:i], "the", *words[i + 1 :])
    return words


def paraphrase(tokens: tuple[str, ...], draw: Draw, most: int = 2) -> tuple[str, ...]:
    """The tokens with the clauses tied in another way, perhaps, and at most so many other changes."""
    words, changed, changes = _reordered(list(tokens)) if draw.chance(0.5) else list(tokens), set[str](), 0
    for pattern, other in draw.shuffled(RULES):
        position = _at(words, pattern)
        if position < 0 or changed & set(pattern) or (position and words[position - 1] == "n't"):
            continue
        words[position : position + len(pattern)] = [_CAPITALS.get(word, word) for word in other]
        changed |= {*pattern, *other}
        changes += 1
        if changes == most:
            break
    return tuple(words)
