"""Slides as a page: one that shows them by itself, without a network connection, or one for reveal.js."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from course_lib.teacher.deck import Slide
from course_lib.teacher.pages import inline, page, to_html
from course_lib.usage import UsageError

MAKER = "course slides"
WIDTH, HEIGHT = 1280, 720
LETTERS, LARGEST, SMALLEST = 26, 32, 15  # pixels: as the slides are planned; and what the browser makes of it


def _sized(text: str) -> str:
    """Style or script with the sizes in it."""
    sizes = {"WIDTH": WIDTH, "HEIGHT": HEIGHT, "LETTERS": LETTERS, "LARGEST": LARGEST, "SMALLEST": SMALLEST}
    return re.sub("|".join(sizes), lambda found: str(sizes[found[0]]), text)


STYLE = _sized("""
.slide { position: relative; width: WIDTHpx; height: HEIGHTpx; padding: 34px 64px 46px; overflow: hidden;
  display: flex; flex-direction: column; background: #fff; text-align: left; }
.slide h1, .slide h2, .slide h3 { margin: 0 0 14px; color: #00466e; line-height: 1.2; font-weight: 600; }
.slide h1 { font-size: 54px; } .slide h2 { font-size: 38px; } .slide h3 { font-size: 32px; }
.slide.again h1, .slide.again h2, .slide.again h3 { font-size: 24px; color: #667; font-weight: normal; }
.slide.bare { justify-content: center; }
.body { flex: 1; min-height: 0; overflow: auto; font-size: LETTERSpx; line-height: 1.35; }
.body:empty { display: none; }
.body ul, .body ol { margin: .4em 0; padding-left: 1.3em; } .body li { margin: .12em 0; }
.body pre { font-size: .74em; line-height: 1.3; white-space: pre; }
.body pre.output { white-space: pre-wrap; background: #fff; border-color: #eee; border-left: 4px solid #bbb; }
.body table { font-size: .9em; }
.body img { display: block; margin: .3em auto; max-height: 16em; max-width: 100%; }
.body img.figure { max-height: 17em; }
.body details { margin: .4em 0; padding: .1em .6em; border-left: 4px solid #9ab; }
.body summary { cursor: pointer; }
.foot { position: absolute; left: 64px; right: 64px; bottom: 12px; display: flex; justify-content: space-between;
  font-size: 15px; color: #667; }
""")

# One below the other where there is no JavaScript, and on paper; else one at a time, as large as the window allows.
OWN_STYLE = _sized("""
body { background: #555; }
.slide { margin: 12px auto; }
.live { overflow: hidden; background: #222; }
.live .slide { display: none; position: absolute; left: 0; top: 0; margin: 0; transform-origin: 0 0; }
.live .slide.now { display: flex; }
@page { size: WIDTHpx HEIGHTpx; margin: 0; }
@media print {
  body, .live { background: none; overflow: visible; }
  .slide, .live .slide { display: flex; position: relative; margin: 0; transform: none !important;
    break-after: page; break-inside: avoid; }
  .slide:last-of-type { break-after: auto; }
  .body { overflow: hidden; }
}
""")

FIT = _sized("""
function fit(slide) {
  const body = slide.querySelector(".body");
  for (let size = LARGEST; size >= SMALLEST; size -= 1) {
    body.style.fontSize = size + "px";
    if (body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth) break;
  }
}
document.addEventListener("toggle", event => {
  const slide = event.target.closest(".slide");
  if (slide) fit(slide);
}, true);
""")

OWN_SCRIPT = FIT + _sized("""
const slides = [...document.querySelectorAll(".slide")];
let now = 0;
function show(number, keep) {
  now = Math.max(0, Math.min(slides.length - 1, number));
  slides.forEach((slide, i) => slide.classList.toggle("now", i === now));
  if (!keep) history.replaceState(null, "", "#" + (now + 1));
  place();
}
function place() {
  const scale = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
  const left = (innerWidth - scale * WIDTH) / 2, top = (innerHeight - scale * HEIGHT) / 2;
  slides[now].style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
}
function heading(step) {
  let i = now + step;
  while (slides[i] && slides[i].classList.contains("again")) i += step;
  return slides[i] ? i : now;
}
const keys = {
  ArrowRight: () => now + 1, ArrowDown: () => now + 1, PageDown: () => now + 1, Enter: () => now + 1,
  ArrowLeft: () => now - 1, ArrowUp: () => now - 1, PageUp: () => now - 1, Backspace: () => now - 1,
  Home: () => 0, End: () => slides.length - 1, n: () => heading(1), p: () => heading(-1),
};
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const on_summary = event.target.closest("summary") && (event.key === "Enter" || event.key === " ");
  if (on_summary) return;
  if (event.key === "f") {
    if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
  } else if (event.key === " ") {
    event.preventDefault();
    show(now + (event.shiftKey ? -1 : 1));
  } else if (keys[event.key]) {
    event.preventDefault();
    show(keys[event.key]());
  }
});
let start = null;
addEventListener("touchstart", event => { start = event.touches.length === 1 ? event.touches[0].clientX : null; });
addEventListener("touchend", event => {
  const moved = start === null ? 0 : event.changedTouches[0].clientX - start;
  if (Math.abs(moved) > 50) show(now + (moved < 0 ? 1 : -1));
});
addEventListener("resize", place);
addEventListener("hashchange", () => show(parseInt(location.hash.slice(1)) - 1 || 0, true));
addEventListener("load", () => {
  slides.forEach(fit);
  document.body.classList.add("live");
  show(parseInt(location.hash.slice(1)) - 1 || 0, true);
});
""")

REVEAL_STYLE = "\n.reveal .slides > section { padding: 0; }\n"

REVEAL_SCRIPT = FIT + _sized("""
Reveal.initialize({ width: WIDTH, height: HEIGHT, margin: 0, center: false, hash: true, transition: "none",
  controls: false });
const fitCurrent = () => fit(Reveal.getCurrentSlide().querySelector(".slide"));
Reveal.on("ready", fitCurrent);
Reveal.on("slidechanged", fitCurrent);
Reveal.on("pdf-ready", () => document.querySelectorAll(".slide").forEach(fit));
""")


def own_page(title: str, shown: Sequence[Slide]) -> str:
    """The slides as a page that loads nothing: arrow keys, space, Home and End, n and p, f, and a finger."""
    body = f"<body>\n{''.join(each_slide(title, shown))}<script>{OWN_SCRIPT}</script>\n</body>"
    return page(MAKER, title, STYLE + OWN_STYLE, body)


def reveal_page(title: str, shown: Sequence[Slide], reveal: str) -> str:
    """The slides for reveal.js, from an address, or with a copy from a folder put in.

    Raises UsageError for a folder without it.
    """
    sections = "".join(f"<section>{slide}</section>\n" for slide in each_slide(title, shown))
    inside = f'<div class="reveal"><div class="slides">\n{sections}</div></div>'
    if re.match("https?://", reveal):
        base = escape(reveal.rstrip("/"))
        style = f'<link rel="stylesheet" href="{base}/dist/reveal.css">'
        script = f'<script src="{base}/dist/reveal.js"></script>'
    else:
        style = f"<style>{_part(Path(reveal), 'reveal.css')}</style>"
        code = _part(Path(reveal), "reveal.js").replace("</script", "<\\/script")
        script = f"<script>{code}</script>"
    body = f"<body>\n{style}\n{inside}\n{script}\n<script>{REVEAL_SCRIPT}</script>\n</body>"
    return page(MAKER, title, STYLE + REVEAL_STYLE, body)


def _part(folder: Path, name: str) -> str:
    path = folder / "dist" / name
    if not path.is_file():
        raise UsageError(f"{folder} holds no reveal.js: there is no {path}. Take the folder that has dist/ in it")
    return path.read_text(encoding="utf-8")


def each_slide(title: str, shown: Sequence[Slide]) -> Iterator[str]:
    """The markup of every slide, with its place in the lesson and its number."""
    for number, slide in enumerate(shown, 1):
        kind = " again" if slide.again else "" if slide.pieces else " bare"
        where = f"{title} · {slide.section}" if slide.section else title
        foot = f'<div class="foot"><span>{inline(where)}</span><span>{number} / {len(shown)}</span></div>'
        head = to_html(slide.heading) if slide.heading else ""
        yield f'<div class="slide{kind}">\n{head}<div class="body">{slide.html}</div>\n{foot}\n</div>\n'
