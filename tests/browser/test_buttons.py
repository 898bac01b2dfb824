"""The buttons on a check cell in JupyterLab: where they are, and what check, hint and reset do."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import lab
from tests.browser.test_lab import exercise_and_check

ID = "01.lookup"
IMPORTS = "import torch\nfrom course_lib.exercises import check, hint, solution"
ANSWER, CHECK = "def lookup", 'check("01.lookup"'
BLANK, CALL = exercise_and_check(ID)
RIGHT = "def lookup(ids, weight):\n    return weight[ids]"
WRONG = "def lookup(ids, weight):\n    return weight[ids].mean(1)"


class Buttons:
    """The buttons of a notebook, and what they show."""

    def __init__(self, notebook, cell=CHECK):
        self.page, self.cell = notebook.page, cell
        self.bar = notebook.cell(cell).locator(".course-Exercise")
        self.note, self.hints = (self.bar.locator(f".course-Exercise-{what}") for what in ("note", "hints"))
        self.dialog = self.page.locator(".jp-Dialog")
        self.check, self.hint, self.reset = (self.bar.get_by_role("button", name=f"{name}:") for name in NAMES)

    def press(self, button):
        """Click it as soon as it is at rest: until the kernel's reply, which may come after what is shown, it takes no
        second click.
        """
        expect(button).not_to_have_attribute("aria-busy", "true")
        button.click()

    def answer(self, label):
        """Answer the dialog that is open."""
        self.dialog.get_by_role("button", name=label).click()
        expect(self.dialog).to_have_count(0)


NAMES = ("Check", "Hint", "Reset")


@pytest.fixture
def small(open_notebook):
    """One exercise of lesson 01, blank."""
    return open_notebook([IMPORTS, BLANK, CALL, "print('the last cell')"])


def in_page(notebook, script, *given):
    """What JavaScript gives that has `panel` and `notebook`, the notebook in front, and what is `given`."""
    return notebook.page.evaluate(f"async given => {{ {lab._NOTEBOOK} {script} }}", list(given))


def saved(notebook, server):
    """Save a notebook; its file, and whether JupyterLab holds it to be changed since."""
    in_page(notebook, "await panel.context.save();")
    return file_of(notebook, server)


def file_of(notebook, server):
    path = in_page(notebook, "return panel.context.path;")
    dirty = in_page(notebook, "return notebook.model.dirty;")
    return (server.root / path).read_text(encoding="utf-8"), dirty, in_page(notebook, "return notebook.model.toJSON();")


# ---- where they are --------------------------------------------------------------------------------


def test_they_are_on_check_cells_alone_and_always(open_notebook):
    comment, other = "# check('01.lookup', lookup)", "checked = check"
    notebook = open_notebook([IMPORTS, BLANK, CALL, comment, other, "import course_lib.exercises as given"])
    bars = notebook.page.locator(".course-Exercise")
    expect(bars).to_have_count(1)
    buttons = Buttons(notebook)
    shown = [each.text_content() for each in buttons.bar.get_by_role("button").all()]
    assert shown == ["✓ Check", "? Hint", "↺ Reset"]
    notebook.select(0)
    for button in (buttons.check, buttons.hint, buttons.reset):
        expect(button).to_be_visible()
        assert button.get_attribute("title")


def test_they_follow_what_becomes_of_the_cells(open_notebook):
    notebook = open_notebook([IMPORTS, BLANK, CALL, "print('other')"])
    bars = notebook.page.locator(".course-Exercise")
    expect(bars).to_have_count(1)

    notebook.replace("print('other')", "import course_lib.exercises as c\nc.check(\n    '00.first',\n    min,\n)")
    expect(bars).to_have_count(2)
    notebook.replace("c.check(", "print('other')")
    expect(bars).to_have_count(1)
    expect(Buttons(notebook).bar).to_have_count(1)

    in_page(notebook, "notebook.model.sharedModel.moveCell(2, 0);")
    expect(notebook.cell(0).locator(".course-Exercise")).to_have_count(1)
    expect(bars).to_have_count(1)
    in_page(notebook, "notebook.model.sharedModel.deleteCell(0);")
    expect(bars).to_have_count(0)
    in_page(notebook, "notebook.model.sharedModel.undo();")
    expect(bars).to_have_count(1)


def test_nothing_is_added_to_a_notebook_without_exercises(open_notebook, server):
    notebook = open_notebook(["print('checks nothing')"])
    before = saved(notebook, server)
    notebook.page.wait_for_timeout(500)
    expect(notebook.page.locator(".course-Exercise")).to_have_count(0)
    assert file_of(notebook, server) == before


def test_cells_that_are_rendered_late_have_them_too(open_notebook, server):
    notebook = open_notebook(["print('to begin with')"])
    far = [f"print({i})\n" * 20 for i in range(60)]
    cells = [IMPORTS, *far[:30], CALL, *far[30:], CALL]
    for mode in ("full", "defer", "contentVisibility"):
        path = f"rendered-{mode}.ipynb"
        lab.write_notebook(server.root / path, lab.new_notebook(cells))
        in_page(
            notebook,
            "const factory = window.jupyterapp.docRegistry.getWidgetFactory('Notebook');"
            "factory.notebookConfig = { ...factory.notebookConfig, windowingMode: given[0] };"
            "const opened = await window.jupyterapp.commands.execute('docmanager:open', { path: given[1] });"
            "await opened.context.ready; await opened.revealed; await opened.sessionContext.ready;",
            mode,
            path,
        )
        assert in_page(notebook, "return notebook.notebookConfig.windowingMode;") == mode
        for index in (31, len(cells) - 1):
            there = "await notebook.scrollToItem(given[0], 'center'); notebook.activeCellIndex = given[0];"
            in_page(notebook, there, index)
            cell = notebook.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell.jp-mod-active")
            expect(cell.locator(".course-Exercise button").first).to_be_in_viewport()
            expect(cell.locator(".jp-Cell-inputWrapper + .course-Exercise ~ .jp-Cell-outputWrapper")).to_have_count(1)
        in_page(notebook, "await panel.sessionContext.shutdown();")


# ---- check -----------------------------------------------------------------------------------------


def test_check_runs_the_answer_that_stands_there(small):
    buttons, panel = Buttons(small), small.output(CHECK)
    buttons.press(buttons.check)
    expect(buttons.dialog).to_contain_text("Run the cells above first?")
    buttons.answer("Cancel")
    expect(buttons.check).to_have_attribute("aria-busy", "false")
    assert [cell["count"] for cell in small._cells()] == [None] * 4
    buttons.press(buttons.check)
    buttons.answer("Run them")
    expect(panel).to_contain_text("Not attempted · 01.lookup")

    small.replace(ANSWER, WRONG)
    buttons.press(buttons.check)
    expect(panel).to_contain_text("averaged")

    small.replace(ANSWER, RIGHT)
    buttons.check.focus()
    small.page.keyboard.press("Enter")
    expect(panel).to_contain_text("Correct · 01.lookup")
    expect(buttons.check).to_have_attribute("aria-busy", "false")
    expect(buttons.check).to_be_focused()
    small.page.keyboard.press("Control+s")  # JupyterLab's own keys are still its own
    lab.eventually(lambda: not in_page(small, "return notebook.model.dirty;"))
    expect(buttons.dialog).to_have_count(0)
    assert small.output("the last cell").inner_text() == ""


def test_check_of_an_answer_in_several_cells(open_notebook):
    older = "raise ValueError('an older try')\ndef lookup(ids, weight): pass"
    wrapped = "inner = lookup\nlookup = lambda ids, weight: inner(ids, weight)"
    notebook = open_notebook([IMPORTS, older, RIGHT, "print('between')", wrapped, CALL])
    notebook.run(0)
    buttons = Buttons(notebook)
    buttons.press(buttons.check)
    expect(notebook.output(CHECK)).to_contain_text("Correct")
    expect(buttons.check).to_have_attribute("aria-busy", "false")  # counts come with the kernel's reply
    assert [cell["count"] for cell in notebook._cells()] == [1, None, 2, None, 3, 4]


def test_check_says_that_the_answer_has_failed(small):
    small.run(0)
    small.replace(ANSWER, "def lookup(ids, weight)\n    return weight[ids]")
    buttons = Buttons(small)
    buttons.press(buttons.check)
    expect(buttons.note).to_contain_text("Not checked: a cell above has failed")
    small.replace(ANSWER, RIGHT)
    buttons.press(buttons.check)
    expect(small.output(CHECK)).to_contain_text("Correct")
    expect(buttons.note).to_be_empty()


# ---- hint ------------------------------------------------------------------------------------------


def test_hints_are_shown_and_leave_the_notebook_as_it_is(small, server):
    small.run(0)
    before = saved(small, server)
    buttons = Buttons(small)
    for number in (1, 2):
        buttons.press(buttons.hint)
        expect(buttons.hints).to_contain_text(f"Hint {number} of ")
    expect(buttons.hints.locator(".jp-OutputArea-child")).to_have_count(1)
    assert file_of(small, server) == before
    small.run("the last cell")
    assert small._cells()[3]["count"] == 2, "hints were entries of the history"

    close = buttons.bar.get_by_role("button", name="Close")
    close.click()
    expect(buttons.hints).to_be_empty()
    expect(close).to_be_hidden()
    expect(buttons.check).to_be_focused()


def test_a_hint_starts_the_kernel_that_is_missing(small):
    in_page(small, "await panel.sessionContext.shutdown();")
    buttons = Buttons(small)
    buttons.press(buttons.hint)
    expect(buttons.hints).to_contain_text("Hint 1 of ")


def test_a_hint_waits_for_a_kernel_that_is_busy(small):
    small.run(0)
    small.replace("the last cell", "input_of_the_test = __import__('time').sleep(3)  # the last cell")
    small.select("the last cell")
    small.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-cell')")
    expect(small.page.locator(".jp-Notebook-ExecutionIndicator[data-status=busy]")).to_have_count(1)
    buttons = Buttons(small)
    buttons.press(buttons.hint)
    expect(buttons.note).to_contain_text("The kernel is busy")
    expect(buttons.hints).to_contain_text("Hint 1 of ")
    expect(buttons.note).to_be_empty()


def test_a_kernel_without_the_course(small):
    gone = "('course_lib.exercises', 'course_lib.learner.blank')"
    small.replace(0, f"import sys\nsys.modules |= dict.fromkeys({gone})  # as if they were not installed")
    small.run(0)
    buttons = Buttons(small)
    buttons.press(buttons.hint)
    expect(buttons.note).to_contain_text("This kernel does not have the course")
    expect(buttons.hints).to_be_empty()  # no traceback
    buttons.bar.get_by_role("button", name="Close").click()
    buttons.press(buttons.reset)
    buttons.answer("Reset")
    expect(buttons.note).to_contain_text("This kernel does not have the course")
    assert small.sources()[1] == BLANK


# ---- reset -----------------------------------------------------------------------------------------


def test_reset_asks_and_undo_brings_the_answer_back(small):
    small.replace(ANSWER, WRONG)
    buttons = Buttons(small)
    buttons.press(buttons.reset)
    expect(buttons.dialog).to_contain_text("Reset exercise 01.lookup?")
    expect(buttons.dialog.get_by_role("button", name="Cancel")).to_be_focused()
    buttons.answer("Cancel")
    assert small.sources()[1] == WRONG

    buttons.press(buttons.check)
    buttons.answer("Run them")
    expect(small.output(CALL)).to_contain_text("Wrong")
    buttons.press(buttons.reset)
    buttons.answer("Reset")
    lab.eventually(lambda: small.sources()[1] == BLANK)
    expect(small.output(CALL)).not_to_contain_text("Wrong")
    expect(small.cell(ANSWER).locator(".cm-content")).to_be_focused()
    small.page.keyboard.press("Control+z")
    lab.eventually(lambda: small.sources()[1] == WRONG)

    in_page(small, "notebook.model.sharedModel.deleteCell(1);")
    buttons = Buttons(small)
    buttons.press(buttons.reset)
    expect(buttons.dialog).to_contain_text("No cell above defines lookup")
    buttons.answer("Reset")
    lab.eventually(lambda: small.sources()[:3] == [IMPORTS, BLANK, CALL])


def test_reset_keeps_every_character(small):
    blank = "def lookup():  # 단어 é 𝔼\n\treturn 'one', \"two\", r'''\\three'''\n"
    small.replace(0, f"import course_lib.learner.blank\ncourse_lib.learner.blank.blank_source = lambda id: {blank!r}")
    small.run(0)
    buttons = Buttons(small)
    buttons.press(buttons.reset)
    buttons.answer("Reset")
    lab.eventually(lambda: small.sources()[1] == blank)


# ---- how they look ---------------------------------------------------------------------------------


def test_they_can_be_read_in_both_themes(small):
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        small.theme(theme)
        expect(Buttons(small).check).to_be_visible()
        colours = Buttons(small).check.evaluate(
            "button => ['color', 'backgroundColor'].map(name => getComputedStyle(button)[name])"
        )
        text, ground = (luminance(colour) for colour in colours)
        assert (max(text, ground) + 0.05) / (min(text, ground) + 0.05) >= 4.5, f"{theme}: {colours}"
        assert (ground > text) == ("Light" in theme)


def luminance(colour):
    """The relative luminance of a colour as a browser writes it, as accessibility counts it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
