"""Sentences about how things are: countries, professions, animals, families, comparisons, places, numbers, tales.

Most are whole-sentence templates (see `trees.template`), `Korean | English`, where the Korean predicate lacks its
ending and the English verb is finished. What stands in braces is drawn by the pattern.
"""

from .cast import ROYALS
from .english import compare, gerund, indefinite, past, plural, third_person
from .facts import (
    BUILDINGS,
    COUNTRY_LINES,
    HOLDS,
    LIVED,
    NUMBER_WORDS,
    POSITIONS,
    ROLES,
    SIZES,
    SPEEDS,
    TALES,
    TRAITS,
    WORDS_OF_SEX,
)
from .grammar import (
    Context,
    Subject,
    country_noun,
    described_person,
    draw_person,
    first_person,
    mark,
    noun_phrase,
    possessor,
    words,
)
from .lexicon import (
    ALL_ADJECTIVES,
    ANIMALS,
    KIN,
    NAMES,
    NUMERALS,
    PROFESSIONS,
    WEEKDAYS,
    Animal,
    Noun,
    nouns,
)
from .morphology import Morph
from .sentences import close, final
from .tables import word_set
from .trees import NO_LINK, En, Node, fill, template


def fixed(ctx: Context, line: str, mood: str = "statement", sign: str = ".", **slots: Node) -> Node:
    """Fill a whole-sentence template and put the ending of this speech level on its last morpheme."""
    ko, en = line.split(" | ")
    needed = template(ko, en).slots
    for slot in needed:
        if slot not in slots:
            slots[slot] = noun_phrase(ctx, country_noun(ctx, slot), needed[slot] or "0", "", None)
    node = fill(template(ko, en), slots, ctx.fresh)
    node.ko[-1] = [*node.ko[-1], *final(ctx, mood)]
    return close(ctx, Node(node.ko, node.en), sign)


def countries(ctx: Context, topic: str) -> Node:
    """프랑스의 수도는 파리예요. - The capital of France is Paris."""
    if ctx.draw.chance(0.35):
        return lived_abroad(ctx)
    line = ctx.draw.pick(COUNTRY_LINES)
    if (line.startswith("{country} 음식") and ctx.level != "b") or ("싶4" in line and ctx.draw.chance(0.4)):
        ko, en = line.split(" | ")
        return fixed(ctx, f"{'나' if ctx.level == 'b' else '저'}9+은 {ko} | {en.replace('I ', 'I9 ', 1)}")
    if "the {local_food}" in line and country_noun(ctx, "local_food").flags == "":
        line = COUNTRY_LINES[0]
    return fixed(ctx, line)


def lived_abroad(ctx: Context) -> Node:
    """민지 씨는 독일에 살 때 독일어를 배웠어요. - When Minji lived in Germany, she learned German."""
    person = draw_person(ctx, ((NAMES, 2), (tuple(p for p in KIN if not p.elder), 2)))
    who = Node(mark(ctx, person, "은"), person.node.en)
    line = ctx.draw.pick(LIVED)
    ko, en = line.split(" | ")
    return fixed(ctx, f"{ko} | {en.replace('PRO', person.pronoun)}", who=who)


def _professional(ctx: Context, profession, many: bool) -> Node:
    links = ctx.leaf()
    word = plural(profession.en) if many else profession.en
    article = [] if many else [En(indefinite(profession.en))]
    return Node([[Morph(profession.ko, links=links)]], [*article, *(En(w, links) for w in word.split())])


def _workplace(ctx: Context, profession, at: bool = True) -> Node:
    """병원에서 - in a hospital."""
    links, role = ctx.leaf(), ctx.leaf()
    tokens = profession.place_at.split()
    en = [En(tokens[0], role)]
    en += [En(t, NO_LINK if t in ("a", "an", "the") else links) for t in tokens[1:]]
    return Node([[Morph(profession.place_ko, links=links), Morph("에서", "particle", role)]], en)


def professions(ctx: Context, topic: str) -> Node:
    """의사는 병원에서 일해요. - Doctors work in a hospital."""
    draw = ctx.draw
    profession = draw.pick(PROFESSIONS)
    many = draw.chance(0.5)
    who, where = _professional(ctx, profession, many), _workplace(ctx, profession)
    s = "" if many else "s"
    kind = draw.below(8)
    if kind == 0:
        return fixed(ctx, f"{{who}}+은 {{where}} 일1+하1 | {{who}} work{s}1 {{where}}", who=who, where=where)
    if kind == 1:
        ko, en = profession.act_ko, profession.act_en
        if not many:
            verb, _, rest = en.partition(" ")
            body = verb.rstrip("0123456789")
            en = f"{third_person(body)}{verb[len(body) :]} {rest}"
        return fixed(ctx, f"{{who}}+은 {ko} | {{who}} {en}", who=who)
    if kind == 2:
        return fixed(
            ctx,
            "{who} 되1+고2 싶3 | I want3 to2 become1 {who}",
            who=_professional(ctx, profession, False).then([Morph("이", "particle")]),
        )
    person = draw_person(ctx, ((NAMES, 2), (KIN, 3)))
    topic_ko = Node(mark(ctx, person, "은"), person.node.en)
    one = _professional(ctx, profession, False)
    if kind == 3:
        return _copula(ctx, topic_ko, one, person, draw.chance(0.25))
    if kind == 4:
        if person.elder:
            return _copula(ctx, topic_ko, one, person, False)
        line = "{person} {where} 일1+하1+는2 {one}+!이4 | {person} is4 {one} who2 works1 {where}"
        return fixed(ctx, line, person=topic_ko, where=where, one=one)
    if kind == 5 and not person.elder:
        linked = one.then([Morph("이", links=ctx.leaf()), Morph("고", "ending")])
        return fixed(
            ctx,
            f"{{person}} {{one}} {{where}} 일1+하1 | {{person}} is {{one}} and {person.pronoun} works1 {{where}}",
            person=topic_ko,
            one=linked,
            where=where,
        )
    if kind == 6:
        there = Node(
            [[Morph(profession.place_ko, links=(place := ctx.leaf())), Morph("에", "particle")]],
            [
                En("to"),
                *(
                    En(t if t not in ("a", "an") else "the", NO_LINK if t in ("a", "an", "the") else place)
                    for t in profession.place_at.split()[1:]
                ),
            ],
        )
        the = Node(one.ko, [En("the"), *one.en[1:]])
        if "sea" in profession.place_at or profession.place_at == "at the court":
            return _copula(ctx, topic_ko, one, person, False)
        return fixed(
            ctx, "{one}+을 만나1+(으)러2 {there} 가3+~았4 | I went3,4 {there} to2 meet1 {one}", one=the, there=there
        )
    return fixed(
        ctx,
        "{where} 일1+하1+고2 싶3+~아서4 {one}+이 되5+~았6 | I wanted3 to2 work1 {where} , so4 I became5,6 {one}",
        where=where,
        one=one,
    )


def _copula(ctx: Context, who: Node, what: Node, person: Subject, negative: bool, sign: str = ".") -> Node:
    """저는 학생이에요. - I'm a student. Negative: 학생이 아니에요."""
    be = ctx.leaf()
    form = {"1sg": "am", "3sg": "is"}.get(person.person, "are")
    lone = len(who.en) == 1 and who.en[0].text in ("I", "we")
    if negative:
        no = ctx.leaf()
        ko = [*who.ko, *what.then([Morph("이", "particle")]).ko, [Morph("아니", links=be | no)]]
        verb = [En({"am": "'m", "are": "'re"}[form], be), En("not", no)] if lone else [En(form, be), En("n't", no)]
    else:
        ko = [*who.ko, *what.then([Morph("이", links=be)]).ko]
        verb = [En({"am": "'m", "are": "'re"}[form], be)] if lone else [En(form, be)]
    ending = final(ctx, "statement")
    if person.elder and not negative:
        ending = [Morph("(으)세요", "ending")] if ctx.level == "y" else [Morph("(으)시", "ending"), *ending]
    ko[-1] = [*ko[-1], *ending]
    return close(ctx, Node(ko, [*who.en, *verb, *what.en]), sign)


def identity(ctx: Context, topic: str) -> Node:
    """저는 학생이에요. - I'm a student. 이것은 제 가방이에요. - This is my bag."""
    draw = ctx.draw
    kind = draw.below(5)
    ctx.topic = ("work", "shopping", "home", "work", "school")[kind]
    if kind == 0:
        person = first_person(ctx, False)
        what = draw.pick(
            (
                ("학생", "student"),
                ("대학생", "college student"),
                ("회사원", "office worker"),
                ("외국인", "foreigner"),
                ("관광객", "tourist"),
                *((p.ko, p.en) for p in PROFESSIONS[:12]),
            )
        )
        node = words(what[0], what[1], ctx)
        node = Node(node.ko, [En(indefinite(what[1])), *node.en])
        return _copula(ctx, person.node.then([Morph("은", "particle")]), node, person, draw.chance(0.3))
    if kind == 1:
        noun = draw.pick(nouns("bag|accessory|reading|stationery|machine"))
        this = draw.pick((("이것", "this"), ("그것", "that"), ("저것", "that")))
        owner, links = possessor(ctx)
        links_noun = ctx.leaf()
        verb = "are" if "p" in noun.flags else "is"
        this_en = {"this": "these", "that": "those"}[this[1]] if verb == "are" else this[1]
        be, no = ctx.leaf(), ctx.leaf()
        negative = draw.chance(0.25)
        ko = [[Morph(this[0], links=(t := ctx.leaf())), Morph("은", "particle")], [Morph(owner, links=links)]]
        stem = [Morph("이", "particle")] if negative else [Morph("이", links=be)]
        ko.append([*[Morph(m, links=links_noun) for m in noun.ko.split("+")], *stem])
        if negative:
            ko.append([Morph("아니", links=be | no)])
        ko[-1] = [*ko[-1], *final(ctx, "statement")]
        en = [
            En(this_en, t),
            En(verb, be),
            *([En("n't", no)] if negative else []),
            En("my", links),
            *(En(w, links_noun) for w in noun.en.split()),
        ]
        return close(ctx, Node(ko, en))
    if kind == 2:
        relative = draw.pick(
            tuple(p for p in KIN if p.own and ctx.level in p.levels and p.speaker in ("", ctx.speaker))
        )
        name = draw.pick(tuple(n for n in NAMES if n.gender == relative.gender and "b" in n.levels))
        form, mine = possessor(ctx)
        who, links = ctx.leaf(), ctx.leaf()
        ko = [
            [Morph(form, links=mine)],
            [Morph(relative.ko, links=who)],
            [Morph("이름", links=links), Morph("은", "particle")],
            [Morph(name.ko, links=(n := ctx.leaf())), Morph("이", links=(be := ctx.leaf())), *final(ctx, "statement")],
        ]
        en = [
            En("my", mine),
            *(En(w, who) for w in relative.en.split()),
            En("'s"),
            En("name", links),
            En("is", be),
            En(name.en, n),
        ]
        return close(ctx, Node(ko, en))
    if kind == 3:
        name = draw.pick(NAMES[:5] if draw.chance(0.5) else NAMES[5:])
        spouse = ("아내", "wife", "f") if name.gender == "m" else ("남편", "husband", "m")
        relation = draw.pick(
            (
                spouse,
                ("아들", "son", "m"),
                ("딸", "daughter", "f"),
                ("아버지", "father", "m"),
                ("어머니", "mother", "f"),
            )
        )
        profession = draw.pick(PROFESSIONS)
        if ctx.level == "b":
            ctx.level = "y"
        holder, links = words(name.ko, name.en, ctx), ctx.leaf()
        elder = relation[0] in ("아버지", "어머니")
        marker = [Morph("께서", "particle"), Morph("은", "particle")] if elder else [Morph("은", "particle")]
        who = Node(
            [
                *holder.ko,
                [Morph("씨", links=holder.ko[0][0].links), Morph("의", "particle", (of := ctx.leaf()))],
                [Morph(relation[0], links=links), *marker],
            ],
            [*holder.en, En("'s", of), En(relation[1], links)],
        )
        person = Subject(who, "3sg", relation[2], elder)
        return _copula(ctx, who, _professional(ctx, profession, False), person, False)
    today, be = ctx.leaf(), ctx.leaf()
    day_ko, day_en = draw.pick(WEEKDAYS)
    subject = draw.pick(
        (("오늘", "today"), ("내일", "tomorrow"), ("시험", "the exam"), ("회의", "the meeting"), ("파티", "the party"))
    )
    node = Node(
        [
            [Morph(subject[0], links=today), Morph("은", "particle")],
            [Morph(day_ko, links=(d := ctx.leaf())), Morph("이", links=be), *final(ctx, "statement")],
        ],
        [
            *(En(w, NO_LINK if w == "the" else today) for w in subject[1].split()),
            En("is", be),
            *([En("on")] if subject[1].startswith("the") else []),
            En(day_en, d),
        ],
    )
    return close(ctx, node)


def _beast(ctx: Context, ko: str, en: str, many: bool, article: str = "the") -> Node:
    links = ctx.leaf()
    word = plural(en) if many else en
    det = [] if many else [En(indefinite(word) if article == "a" else article)]
    return Node([[Morph(m, links=links)] for m in ko.split("_")], [*det, *(En(w, links) for w in word.split())])


def animals(ctx: Context, topic: str) -> Node:
    """고양이가 야옹 울었어요. - The cat meowed."""
    draw = ctx.draw
    animal: Animal = draw.pick(ANIMALS)
    many = draw.chance(0.45)
    s = "" if many else "s"
    who = _beast(ctx, animal.ko, animal.en, many, draw.pick(("the", "a")) if not many else "")
    kind = draw.below(9)
    if kind in (0, 1, 2) and animal.cry_ko:
        tense = draw.below(3)
        if tense == 0:
            verb = animal.cry_en[:-1]
            verb = verb if many else third_person(verb)
            return fixed(ctx, f"{{who}}+은 {animal.cry_ko} | {{who}} {verb}1", who=who)
        the = _beast(ctx, animal.ko, animal.en, False)
        if tense == 1:
            verb = animal.cry_en[:-1]
            return fixed(ctx, f"{{who}}+이 {animal.cry_ko}+~았2 | {{who}} {past(verb)}1,2", who=the)
        return fixed(ctx, f"{{who}}+이 {animal.cry_ko}+고2 있2 | {{who}} is2 {gerund(animal.cry_en[:-1])}1,2", who=the)
    food = words(animal.food_ko, animal.food_en, ctx)
    if kind == 3:
        return fixed(
            ctx,
            "{who}+은 {food}+을 좋아하1 | {who} like1 {food}",
            who=_beast(ctx, animal.ko, animal.en, True),
            food=food,
        )
    if kind == 4:
        the = _beast(ctx, animal.ko, animal.en, False)
        return fixed(ctx, "{who}+이 {food}+을 먹1+고2 있2 | {who} is2 eating1,2 {food}", who=the, food=food)
    home, at = ctx.leaf(), ctx.leaf()
    prep, *rest = animal.home_en.split()
    place = Node(
        [[Morph(animal.home_ko, links=home), Morph("에", "particle", at)]],
        [En(prep, at), *(En(t, NO_LINK if t in ("the", "a") else home) for t in rest)],
    )
    if kind == 5:
        return fixed(ctx, f"{{who}}+은 {{place}} 살1 | {{who}} live{s}1 {{place}}", who=who, place=place)
    if not animal.young_ko:
        return fixed(
            ctx,
            "{place} {who}+이 있1 | there is1 {who} {place}",
            who=_beast(ctx, animal.ko, animal.en, False, "a"),
            place=place,
        )
    young = _beast(ctx, animal.young_ko, animal.young_en, False, "a")
    if kind == 6:
        parent = _beast(ctx, animal.ko, animal.en, False, "a")
        return fixed(
            ctx,
            "{young}+은 어리1+(으)ㄴ {parent}+!이2 | {young} is2 {young_parent}".replace(
                "{young_parent}", "a young1 {parent}"
            ),
            young=young,
            parent=Node(parent.ko, parent.en[1:]),
        )
    number = 1 + draw.below(4)
    n, c = ctx.leaf(), young.ko[0][0].links
    litter = Node(
        [young.ko[0], [Morph(NUMERALS[number][0], links=n)], [Morph("마리", links=c)]],
        [En(NUMERALS[number][1], n), *(En(w, c) for w in plural(animal.young_en).split())],
    )
    the = _beast(ctx, animal.ko, animal.en, False)
    if kind == 7:
        return fixed(
            ctx, "{who}+은 {litter}+을 돌보1+고2 있2 | {who} is2 taking1,2 care1 of {litter}", who=the, litter=litter
        )
    return fixed(ctx, "{who}+이 {litter}+을 낳1+~았2 | {who} had1,2 {litter}", who=the, litter=litter)


_TOPIC_OF = {
    "fruit": "food",
    "dish": "food",
    "drink": "food",
    "sport": "health",
    "subject": "school",
    "pet": "nature",
    "flower": "nature",
}
_PREFERRED = {
    "food": ("fruit", "dish", "drink"),
    "nature": ("pet", "flower"),
    "health": ("sport",),
    "school": ("subject",),
}


def _topic_of(noun: Noun) -> str:
    """The topic that a thing belongs to when nothing else decides."""
    for topic, categories in (
        ("food", {"fruit", "vegetable", "dish", "snack", "drink"}),
        ("nature", {"animal", "wild", "pet", "small", "nature", "flower", "plant"}),
        ("travel", {"ticket", "transport", "building"}),
        ("school", {"reading", "stationery", "problem", "show"}),
        ("shopping", {"clothes", "accessory", "footwear", "bag", "machine", "vehicle"}),
    ):
        if noun.categories & categories:
            return topic
    return "home"


def comparison(ctx: Context, topic: str) -> Node:
    """기차가 버스보다 더 빨라요. - Trains are faster than buses."""
    draw = ctx.draw
    kind = draw.weighted((("size", 2), ("speed", 1), ("this", 6), ("person", 3), ("prefer", 4), ("most", 3)))
    if topic == "nature":
        kind = draw.pick(("size", "prefer"))
    ctx.topic = {"size": "nature", "speed": "travel", "person": "home"}.get(kind, "")
    if kind in ("size", "speed"):
        scale = SIZES if kind == "size" else SPEEDS
        i = draw.below(len(scale) - 1)
        j = i + 1 + draw.below(len(scale) - i - 1)
        small, big = _beast(ctx, *scale[i], True), _beast(ctx, *scale[j], True)
        if draw.chance(0.3) and kind == "size":
            return fixed(ctx, "{a}+은 {b}+보다1 더2 작3 | {a} are3 smaller2,3 than1 {b}", a=small, b=big)
        stem, en = ("크", "bigger") if kind == "size" else ("빠르", "faster")
        return fixed(ctx, f"{{a}}+은 {{b}}+보다1 더2 {stem}3 | {{a}} are3 {en}2,3 than1 {{b}}", a=big, b=small)
    if kind == "person":
        person = draw_person(ctx, ((NAMES, 1), (tuple(p for p in KIN if not p.elder), 1)))
        me = draw.chance(0.6)
        other = first_person(ctx, False).node if me else draw_person(ctx, ((NAMES, 1),)).node
        other = Node(other.ko, [En("me", other.en[0].links)] if me else other.en)
        ko, en = draw.pick(
            (
                ("키1+이 더2 크3", "taller1,2,3"),
                ("더2 바쁘3", "busier2,3"),
                ("더2 건강3+하3", "healthier2,3"),
                ("더2 어리3", "younger2,3"),
            )
        )
        return fixed(
            ctx,
            f"{{a}} {{b}}+보다4 {ko} | {{a}} is3 {en} than4 {{b}}",
            a=Node(mark(ctx, person, "은"), person.node.en),
            b=other,
        )
    if kind == "prefer":
        category = draw.pick(_PREFERRED.get(topic, tuple(_TOPIC_OF)))
        ctx.topic = _TOPIC_OF[category]
        first, second = draw.shuffled([n for n in nouns(category) if n.ko != "꽃"])[:2]
        like, more, than = ctx.leaf(), ctx.leaf(), ctx.leaf()
        a, b = noun_phrase(ctx, first, "g", "좋아하", None), noun_phrase(ctx, second, "g", "좋아하", None)
        who = first_person(ctx, draw.chance(0.4))
        ko = [
            *mark(ctx, who, "은"),
            *a.then([Morph("보다", "particle", than)]).ko,
            *b.then([Morph("을", "particle")]).ko,
            [Morph("더", links=more)],
            [Morph("좋아하", links=like), *final(ctx, "statement")],
        ]
        en = [*who.node.en, En("like", like), *b.en, En("more", more), En("than", than), *a.en]
        return close(ctx, Node(ko, en))
    adjective = draw.pick(tuple(a for a in ALL_ADJECTIVES if a.stem in _COMPARABLE))
    things = [n for c in adjective.categories for n in nouns(c) if "p" not in n.flags and "m" not in n.flags]
    noun = draw.pick(things)
    ctx.topic = _topic_of(noun)
    ko_stem = "+".join(f"{m}3" for m in adjective.ko.split("+"))
    if kind == "most":
        most = compare(adjective.en, 1)
        en = " ".join(f"{w}2,3" for w in most.split())
        the = noun_phrase(ctx, Noun(noun.ko, noun.en, frozenset(), "n"), "0", "", None)
        adverb = draw.pick(("제일", "가장"))
        return fixed(ctx, f"이1 {{a}}+이 {adverb}2 {ko_stem} | this1 {{a}} is3 the {en}", a=the)
    more = " ".join(f"{w}2,3" for w in compare(adjective.en).split())
    a = noun_phrase(ctx, Noun(noun.ko, noun.en, frozenset(), "n"), "0", "", None)
    b = noun_phrase(ctx, Noun(noun.ko, noun.en, frozenset(), "n"), "0", "", None)
    return fixed(
        ctx, f"이1 {{a}}+은 저5 {{b}}+보다4 더2 {ko_stem} | this1 {{a}} is3 {more} than4 that5 {{b}}", a=a, b=b
    )


_COMPARABLE = word_set("크 작 비싸 싸 예쁘 귀엽 무겁 가볍 깨끗 조용 아름답 재미있 어렵 길 두껍 넓 새롭")


def existence(ctx: Context, topic: str) -> Node:
    """책상 위에 책이 세 권 있어요. - There are three books on the desk."""
    draw = ctx.draw
    if draw.chance(0.3):
        ctx.topic = "travel"
        thing = draw.pick(BUILDINGS)
        other = draw.pick(tuple(b for b in BUILDINGS if b != thing))
        a = words(thing[0], thing[1], ctx)
        where, where_en = draw.pick(
            (("앞3", "in front3 of"), ("옆3", "next3 to"), ("뒤3", "behind3"), ("근처3", "near3"))
        )
        if draw.chance(0.4):
            _form, _ = possessor(ctx)
            own = "우리"
            return fixed(
                ctx,
                f"{own}1 집2 {where}+에 {{a}}+이 있4 | there is4 {indefinite(thing[1])} {{a}} {where_en} our1 house2",
                a=a,
            )
        b = words(other[0], other[1], ctx)
        return fixed(
            ctx,
            f"{{b}} {where}+에 {{a}}+이 있4 | there is4 {indefinite(thing[1])} {{a}} {where_en} the {{b}}",
            a=a,
            b=b,
        )
    place_ko, place_en, side, prep = draw.pick(POSITIONS)
    noun = draw.pick(nouns(HOLDS[place_ko]))
    ctx.topic = "home"
    links, at, place = ctx.leaf(), ctx.leaf(), ctx.leaf()
    where_ko = [[Morph(place_ko, links=place)], [Morph(side, links=at), Morph("에", "particle")]]
    where_en = [
        *(En(w, at if w != "to" else NO_LINK) for w in prep.split()),
        En("the"),
        *(En(w, place) for w in place_en.split()),
    ]
    be = ctx.leaf()
    ko_noun = [[Morph(m, links=links) for m in e.split("+")] for e in noun.ko.split("_")]
    countable = "m" not in noun.flags and "p" not in noun.flags
    negative = draw.chance(0.15)
    if draw.chance(0.3):
        verb = "are" if "p" in noun.flags else "is"
        ko = [
            *Node(ko_noun).then([Morph("은", "particle")]).ko,
            *where_ko,
            [Morph("없" if negative else "있", links=be), *final(ctx, "statement")],
        ]
        en = [
            En("the"),
            *(En(w, links) for w in noun.en.split()),
            En(verb, be),
            *([En("n't", be)] if negative else []),
            *where_en,
        ]
        return close(ctx, Node(ko, en))
    if negative or not countable or not noun.counter or noun.measure:
        plural_form = countable and negative
        verb = "are" if "p" in noun.flags or plural_form else "is"
        tokens = [En(w, links) for w in (plural(noun.en) if plural_form else noun.en).split()]
        article = [En("any")] if negative else ([En(indefinite(noun.en))] if countable else [En("some")])
        ko = [
            *where_ko,
            *Node(ko_noun).then([Morph("이", "particle")]).ko,
            [Morph("없" if negative else "있", links=be), *final(ctx, "statement")],
        ]
        return close(
            ctx,
            Node(ko, [En("there"), En(verb, be), *([En("n't", be)] if negative else []), *article, *tokens, *where_en]),
        )
    index = draw.below(5)
    n = ctx.leaf()
    counted = [[Morph(NUMERALS[index][0], links=n)], [Morph(noun.counter, links=links)]]
    if draw.chance(0.5):
        phrase = [*Node(ko_noun).then([Morph("이", "particle")]).ko, *counted]
    else:
        phrase = Node([*ko_noun, *counted]).then([Morph("이", "particle")]).ko
    number = En(indefinite(noun.en) if index == 0 else NUMERALS[index][1], n)
    tokens = [En(w, links) for w in (noun.en if index == 0 else plural(noun.en)).split()]
    ko = [*where_ko, *phrase, [Morph("있", links=be), *final(ctx, "statement")]]
    return close(ctx, Node(ko, [En("there"), En("is" if index == 0 else "are", be), number, *tokens, *where_en]))


def numbers(ctx: Context, topic: str) -> Node:
    """이 가방은 얼마예요? - How much is this bag? 저는 고양이가 두 마리 있어요. - I have two cats."""
    draw = ctx.draw
    kind = draw.weighted((("price", 3), ("how much", 2), ("have", 3), ("age", 2), ("order", 4), ("clock", 2)))
    ctx.topic = {"price": "shopping", "how much": "shopping", "order": "food", "clock": "work"}.get(kind, "home")
    if kind in ("price", "how much"):
        category = draw.pick(("clothes", "bag", "reading", "accessory", "snack", "ticket", "fruit", "toy"))
        noun = draw.pick(tuple(n for n in nouns(category) if "p" not in n.flags))
        a = noun_phrase(ctx, Noun(noun.ko, noun.en, frozenset(), "n"), "0", "", None)
        if kind == "how much":
            form = draw.pick(("이", "그", "저"))
            that = {"이": "this"}.get(form, "that")
            be, how = ctx.leaf(), ctx.leaf()
            ko = [
                [Morph(form, links=(d := ctx.leaf()))],
                *a.then([Morph("은", "particle")]).ko,
                [Morph("얼마", links=how), Morph("이", links=be), *final(ctx, "question")],
            ]
            return close(ctx, Node(ko, [En("how", how), En("much", how), En("is", be), En(that, d), *a.en]), "?")
        ko_number, en_number = draw.pick(NUMBER_WORDS)
        number = " ".join(f"{w}2" for w in en_number.split())
        won = words("원", "won", ctx).then([Morph("이", links=ctx.leaf())])
        return fixed(ctx, f"이1 {{a}}+은 {ko_number}2 {{won}} | this1 {{a}} is {number} {{won}}", a=a, won=won)
    if kind == "have":
        noun = draw.pick(tuple(n for n in nouns("pet|animal") if n.counter))
        a = noun_phrase(ctx, Noun(noun.ko, noun.en, frozenset(), "n"), "0", "", None)
        index = 1 + draw.below(3)
        who = first_person(ctx, draw.chance(0.4))
        have, n, links = ctx.leaf(), ctx.leaf(), a.ko[0][0].links
        ko = [
            *mark(ctx, who, "은"),
            *a.then([Morph("이", "particle")]).ko,
            [Morph(NUMERALS[index][0], links=n)],
            [Morph(noun.counter, links=links)],
            [Morph("있", links=have), *final(ctx, "statement")],
        ]
        return close(
            ctx,
            Node(
                ko,
                [
                    *who.node.en,
                    En("have", have),
                    En(NUMERALS[index][1], n),
                    *(En(w, links) for w in plural(noun.en).split()),
                ],
            ),
        )
    if kind == "age":
        relative = draw.pick(
            tuple(p for p in KIN if p.ko in ("남동생", "여동생", "아들", "딸") and ctx.level in p.levels)
        )
        form, mine = possessor(ctx)
        index = 3 + draw.below(7)
        who = ctx.leaf()
        ko_number, en_number = NUMERALS[index]
        node = Node(
            [[Morph(form, links=mine)], [Morph(relative.ko, links=who)]],
            [En("my", mine), *(En(w, who) for w in relative.en.split())],
        )
        years = words("살", "years old", ctx).then([Morph("이", links=ctx.leaf())])
        return fixed(
            ctx, f"{{who}}+은 {ko_number}2 {{years}} | {{who}} is {en_number}2 {{years}}", who=node, years=years
        )
    if kind == "clock":
        index = draw.below(10)
        hour_ko, hour_en = NUMERALS[index]
        if draw.chance(0.3):
            si = words("시", "time", ctx)
            return _what_time(ctx, si)
        links = ctx.leaf()
        ko = [
            [
                Morph("지금", links=(now := ctx.leaf())),
            ],
            [Morph(hour_ko, links=links)],
            [Morph("시", links=(c := ctx.leaf())), Morph("이", links=(be := ctx.leaf())), *final(ctx, "statement")],
        ]
        return close(ctx, Node(ko, [En("it"), En("'s", be), En(hour_en, links), En("o'clock", c), En("now", now)]))
    noun = draw.pick(tuple(n for n in nouns("drink|snack|ticket|fruit|flower") if n.counter))
    a = _count(ctx, noun, draw.below(4) if noun.measure or draw.chance(0.2) else 1 + draw.below(4))
    please, give = ctx.leaf(), ctx.leaf()
    ctx.topic = _topic_of(noun)
    ko = [*a.ko, [Morph("주", links=give), *final(ctx, "request", please)]]
    lead = [] if ctx.level == "b" else [En("please", please)]
    return close(ctx, Node(ko, [*lead, En("give", give), En("me"), *a.en]))


def _what_time(ctx: Context, node: Node) -> Node:
    what, be = ctx.leaf(), ctx.leaf()
    ko = [
        [Morph("지금", links=(now := ctx.leaf()))],
        [Morph("몇", links=what)],
        [*node.ko[0], Morph("이", links=be), *final(ctx, "question")],
    ]
    return close(ctx, Node(ko, [En("what", what), *node.en, En("is", be), En("it"), En("now", now)]), "?")


def _count(ctx: Context, noun: Noun, index: int) -> Node:
    """A noun with its number and counter."""
    n, c, links = ctx.leaf(), ctx.leaf(), ctx.leaf()
    ko = [[Morph(m, links=links) for m in e.split("+")] for e in noun.ko.split("_")]
    ko_number, en_number = NUMERALS[index]
    if noun.measure:
        measure = noun.measure if index == 0 else plural(noun.measure)
        thing = noun.en if "m" in noun.flags or "p" in noun.flags else plural(noun.en)
        en = [En("a" if index == 0 else en_number, n), En(measure, c), En("of"), *(En(w, links) for w in thing.split())]
    else:
        c = links
        word = noun.en if index == 0 else plural(noun.en)
        en = [En(indefinite(word) if index == 0 else en_number, n), *(En(w, links) for w in word.split())]
    return Node([*ko, [Morph(ko_number, links=n)], [Morph(noun.counter, links=c)]], en)


def tales(ctx: Context, topic: str) -> Node:
    """옛날에 왕이 살았어요. - Once upon a time, there lived a king."""
    ko, en, gender = ctx.draw.pick(ROYALS)
    others = tuple(r for r in ROYALS if r[2] != gender)
    other = ctx.draw.pick(others)
    line = ctx.draw.pick(TALES).replace("{his}", "his" if gender == "m" else "her")
    lady = words(other[0], other[1], ctx)
    if ctx.level == "b":
        ctx.level = "y"
    slots = {"r": words(ko, en, ctx)}
    if "{lady}" in line:
        slots["lady"] = Node(lady.ko, [En("a"), *lady.en])
    return fixed(ctx, line, **slots)


def who_lives_where(ctx: Context, topic: str) -> Node:
    """옆집에 사는 남자는 의사예요. - The man who lives next door is a doctor."""
    person = described_person(ctx)
    who = Node(mark(ctx, person, "은"), person.node.en)
    return _copula(ctx, who, _professional(ctx, ctx.draw.pick(PROFESSIONS), False), person, ctx.draw.chance(0.15))


def portraits(ctx: Context, topic: str) -> Node:
    """우리 삼촌은 친절한 남자예요. - My uncle is a kind man. 유나 씨는 좋은 어머니예요. - Yuna is a good mother."""
    draw = ctx.draw
    ctx.topic = "home"
    kind = draw.weighted((("trait", 4), ("role", 3), ("child", 3)))
    grown = tuple(p for p in KIN if not p.elder and p.ko not in ("남동생", "여동생", "아들", "딸"))
    person = draw_person(ctx, ((NAMES, 4), (KIN if kind == "child" else grown, 5)))
    if kind == "role":
        person = draw_person(ctx, ((NAMES, 1),))
    sex = person.gender
    who = Node(mark(ctx, person, "은"), person.node.en)
    trait_ko, trait_en, _ = draw.pick(tuple(t for t in TRAITS if t[2] in ("", sex)))
    *stem, last = trait_ko.split("+")
    trait = ctx.leaf()
    ending = "는" if last.endswith("있") else "(으)ㄴ"
    adnominal = [*(Morph(m, links=trait) for m in stem), Morph(last, links=trait), Morph(ending, "ending")]
    if kind == "role":
        ko, en = draw.pick(ROLES[sex])
        adnominal, trait_en = [Morph("좋", links=trait), Morph("(으)ㄴ", "ending")], "good"
    else:
        ko, en = WORDS_OF_SEX[sex]["child" if kind == "child" else "adult"]
    noun = words(ko, en, ctx)
    what = Node([adnominal, *noun.ko], [En(indefinite(trait_en)), En(trait_en, trait), *noun.en])
    if kind != "child":
        return _copula(ctx, who, what, person, negative=False)
    be, tense, then = ctx.leaf(), ctx.leaf(), ctx.leaf()
    honorific = [Morph("(으)시", "ending")] if person.elder else []
    verb = [Morph("이", links=be), *honorific, Morph("~았", "ending", tense), *final(ctx, "statement")]
    ko_words = [
        *who.ko,
        [Morph("어리", links=then), Morph("~았", "ending"), Morph("(으)ㄹ", "ending")],
        [Morph("때", links=then)],
    ]
    ko_words += what.then(verb).ko
    return close(
        ctx,
        Node(ko_words, [*who.en, En("was", be | tense), *what.en, En("as"), En("a"), En("child", then)]),
    )
