"""One server and one browser for all tests; a test that fails leaves a picture of its page."""

import pytest
from playwright.sync_api import expect

from tests.browser import lab

expect.set_options(timeout=lab.CELL_SECONDS * 1000)


@pytest.fixture(scope="session")
def server():
    with lab.copy_of_course() as root, lab.serve(root) as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    with lab.chromium() as browser:
        yield browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture
def open_notebook(server, browser, request, tmp_path):
    """`open_notebook(path or cells)`: a notebook of the course, or a new one of these cells, open and ready."""
    opened = []

    def open(what=None):
        if isinstance(what, list):
            path = f"notebooks/{request.node.name}.ipynb"
            lab.write_notebook(server.root / path, lab.new_notebook(what))
            what = path
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        opened.append(page)
        return lab.Notebook.open(page, server, what)

    yield open
    for number, page in enumerate(opened):
        if request.node.failed:
            picture = tmp_path / f"page-{number}.png"
            page.screenshot(path=picture)
            print(f"the page as it was: {picture}")
            page.close()
        else:
            lab.Notebook(page).close()
