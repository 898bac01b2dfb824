"""Adjectives, with the categories of nouns that they may be said of."""

from dataclasses import dataclass

# Korean stem = English adjective : what it may be said of. A stem that ends in 있 or 없 takes 는 before a noun.
ADJECTIVES = """
크=big : bag building animal wild machine furniture toy room nature plant reading tableware
작=small : bag building animal pet machine furniture toy room tableware pet small
비싸=expensive : clothes accessory footwear bag machine furniture ticket instrument vehicle
싸=cheap : clothes accessory footwear bag machine furniture ticket vehicle
예쁘=pretty : clothes accessory footwear bag toy flower tableware pet
귀엽=cute : pet toy
무겁=heavy : bag machine furniture
가볍=light : bag footwear
맛있=delicious : fruit dish snack
달=sweet : fruit
신선+하=fresh : fruit vegetable
재미있=interesting : reading show
어렵=difficult : problem reading
쉽=easy : problem
길=long : reading show paper
두껍=thick : reading clothes
새롭=new : machine vehicle reading furniture show
오래되=old : building furniture machine vehicle instrument
깨끗+하=clean : clothes room building footwear tableware
더럽=dirty : clothes footwear room tableware bag
조용+하=quiet : building room nature
아름답=beautiful : nature flower show clothes
빨갛=red : clothes accessory footwear bag flower vehicle fruit
파랗=blue : clothes accessory bag vehicle
노랗=yellow : clothes flower bag vehicle
하얗=white : clothes animal pet flower vehicle
까맣=black : clothes footwear bag pet animal vehicle
따뜻+하=warm : clothes drink
뜨겁=hot : drink
차갑=cold : drink
맵=spicy : dish
유명+하=famous : reading show
넓=spacious : room building
좋=good : machine vehicle reading instrument show
"""


@dataclass(frozen=True)
class Adjective:
    """An adjective with the categories of nouns that it fits."""

    ko: str
    en: str
    categories: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The Korean morpheme that carries the meaning: 깨끗 of 깨끗+하."""
        return self.ko.split("+")[0]


def _read_adjectives(table: str) -> tuple[Adjective, ...]:
    found = []
    for line in table.strip().splitlines():
        pair, _, categories = line.partition(" : ")
        ko, _, english = pair.partition("=")
        found.append(Adjective(ko, english, tuple(categories.split())))
    return tuple(found)


ALL_ADJECTIVES = _read_adjectives(ADJECTIVES)
