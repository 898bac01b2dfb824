"""What can be said: predicate frames, one synchronous rule a line.

    Korean | English | options

Korean: eojeols of morphemes joined by `+`, the predicate last (its stem bare). English: the base form of the verb
first. A digit after a word is its link; where a line has none, its Korean content words and its English content
words are linked all with all. `{category/mode}` is a noun of that category, linked by itself; the Korean side
repeats it as `{category}`. Modes: a (a book, milk), the, my (the subject's own), g (books, milk: in general),
0 (as it is), n (with a number if it can be counted).

Options, separated by spaces:
    s=P|I|kid|animal|...    who or what can be the subject: P a person (the default), else a noun category;
                            a frame with a subject of its own has it before a stroke: `the sky1 / be clear2`
                            (two strokes if it is plural)
    st                      a state: no progressive, no request, no plan
    adj                     an adjective in Korean (a state as well)
    x                       not done on purpose: no request, no wish
    pt                      over in a moment: no progressive
    nopr                    no progressive for another reason
    nh                      not done habitually
    past                    said of the past only
    q                       an act that can be part of a sequence of acts
    b                       an act that can go on in the background (-면서)
    w                       an act that can be done while listening or talking
    c                       can be done together with somebody
    d                       can be done for hours
    t=am,eve                the times of day that fit
    @home,park              the places that fit
    m=잘,열심히             the manners that fit
    hon=드시                the honorific stem where it isn't regular
    g=m|f                   done by men only, by women only
    neg=ji|없|모르|-        how it is negated: -지 않, another stem, never (default 안 and 지 않)
    no=안|못                it is said only with this negation, which the English side has not: 잠1+을 자2 | sleep1,2
"""

from . import food, health, home, nature, school, shopping, travel, work

TABLES = {
    "food": food.TABLE,
    "school": school.TABLE,
    "work": work.TABLE,
    "home": home.TABLE,
    "travel": travel.TABLE,
    "shopping": shopping.TABLE,
    "health": health.TABLE,
    "nature": nature.TABLE,
}
