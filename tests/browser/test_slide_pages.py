"""The slides in a browser: everything has room, pictures are there, keys go on, an answer that is opened has room."""

import itertools

import pytest

from course_lib.teacher.deck import slides
from course_lib.teacher.slide_page import HEIGHT, SMALLEST, WIDTH, own_page
from course_lib.teacher.sources import chosen

MEASURE = """() => {
    document.body.classList.remove("live");
    return [...document.querySelectorAll(".slide")].map(slide => {
        const body = slide.querySelector(".body");
        return {
            over: body.scrollHeight - body.clientHeight, beside: body.scrollWidth - body.clientWidth,
            letters: parseInt(body.style.fontSize), broken: [...slide.querySelectorAll("img")].filter(
                image => !image.naturalWidth).length,
        };
    });
}"""


@pytest.fixture
def show(browser, tmp_path):
    """`show("05a")`: the slides of a lesson in a page of their own size, and all that the page asked for."""
    opened = []

    def of(number, **options):
        (source,) = chosen(number)
        path = tmp_path / f"{number} 수업.html"
        path.write_text(own_page(source.title, slides(source, **options)), encoding="utf-8")
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        opened.append(page)
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector(".live .now")
        return page

    yield of
    for page in opened:
        page.close()


@pytest.mark.parametrize("number", ["00", "04a", "05a", "07b"])
@pytest.mark.parametrize("solved", [False, True])
def test_everything_has_room(show, number, solved):
    page = show(number, solved=solved)
    measured = page.evaluate(MEASURE)
    assert measured
    for place, slide in enumerate(measured, 1):
        assert slide["over"] <= 0, f"slide {place} is too high"
        assert slide["beside"] <= 0, f"slide {place} is too wide"
        assert slide["letters"] > SMALLEST + 1, f"slide {place} is hard to read"
        assert not slide["broken"], f"slide {place} lacks a picture"
    assert page.errors == []
    assert [address for address in page.asked if not address.startswith(("file:", "data:"))] == []


def test_keys(show):
    page = show("00")
    at = "() => [...document.querySelectorAll('.slide')].findIndex(slide => slide.classList.contains('now'))"
    last = page.locator(".slide").count() - 1
    seen = []
    for key in ("ArrowRight", "Space", "Shift+Space", "ArrowLeft", "ArrowLeft", "End", "PageDown", "Home", "PageDown"):
        page.keyboard.press(key)
        seen.append(page.evaluate(at))
    assert seen == [1, 2, 1, 0, 0, last, last, 0, 1]
    assert page.url.endswith("#2")
    page.reload()
    page.wait_for_selector(".live .now")
    assert page.evaluate(at) == 1, "it comes back to the slide that was shown"
    assert page.locator(".slide:visible").count() == 1


def test_an_answer_that_is_opened_has_room(show):
    page = show("05a")
    number = page.evaluate("() => slides.findIndex(slide => slide.textContent.includes('What is wrong here?'))")
    page.evaluate(f"() => show({number})")
    page.locator(".now summary").click()
    assert "divides every number by itself" in page.locator(".now details").inner_text()
    page.wait_for_function(
        "() => { const body = document.querySelector('.now .body'); return body.scrollHeight <= body.clientHeight; }"
    )


def test_on_paper_each_slide_has_a_page(show):
    page = show("01a")
    page.emulate_media(media="print")
    slides = page.locator(".slide")
    assert page.locator(".slide:visible").count() == slides.count() > 30
    tops = slides.evaluate_all("found => found.map(slide => slide.getBoundingClientRect().top)")
    assert [round(after - before) for before, after in itertools.pairwise(tops)] == [HEIGHT] * (len(tops) - 1)
