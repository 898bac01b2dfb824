"""The machine: disk, memory, its own network, fonts, the terminal, git."""

import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from course_lib import folders
from course_lib.learner.health.children import Step, Tried
from course_lib.learner.health.finding import Finding, fine, odd, wrong
from course_lib.learner.health.mending import by_system, pip_install, quoted, set_to

GB = 1e9
FEW_GB, TOO_FEW_GB = 1.0, 0.1  # of disk
FEW_GB_OF_MEMORY = 2.0
FONTS, MEMORY = "fonts of figures", "memory"


def steps() -> list[Step]:
    """Drawing Hangul; asking for free memory."""
    needs = ("import torch", "import numpy", "import matplotlib", "import course_lib")
    return [Step(FONTS, "hangul_drawn", needs=needs), Step(MEMORY, "free_memory", needs=("import psutil",))]


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """All of it."""
    found = [*_disk(), *_writable(), _memory(tried.get(MEMORY)), _localhost(), _proxies()]
    found += [_fonts_of_figures(tried.get(FONTS)), _fonts_of_pages(), _terminal(), _git()]
    return [each for each in found if each is not None]


# --- disk and memory ----------------------------------------------------------------------------------------


def _disk() -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(folders.home()).free / GB
    except OSError as error:
        yield wrong("disk", f"{folders.home()} can't be looked at: {error.strerror}", "See whether its disk is there.")
        return
    found, mend = f"{free:.2f} GB are free in {folders.home()}.", "Free some space."
    if free < TOO_FEW_GB:
        yield wrong("disk", f"Only {found}", mend)
    elif free < FEW_GB:
        yield odd("disk", f"Only {found}", mend)
    else:
        yield fine("disk", found)


def _writable() -> Iterator[Finding]:
    """Whether a file can be made where the learner's work goes, and where programs put what they need for a while."""
    try:
        at_hand = Path(tempfile.gettempdir())
    except OSError as error:
        yield wrong("folders", f"There is no folder for temporary files: {error.strerror}", "Free some space.")
        return
    home = folders.home()
    bad = []
    for folder in (home, folders.work(), home / ".course", at_hand):
        if not folder.exists():
            continue
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x")
        except OSError as error:
            bad.append(folder)
            mine = by_system(debian=f"sudo chown -R $(id -u):$(id -g) {quoted(folder)}",
                             mac=f"sudo chown -R $(id -u):$(id -g) {quoted(folder)}")  # fmt: skip
            found = f"No file can be made in {folder}: {error.strerror}."
            yield wrong("folders", found, "See that the folder is yours, and its disk neither full nor locked.", mine)
    if not bad:
        yield fine("folders", f"Notebooks and progress can be written in {home}.")


def _memory(done: Tried | None) -> Finding | None:
    if done is None or done.error:
        return None
    free = done.value / GB
    found = f"{free:.1f} GB of memory are free."
    if free < FEW_GB_OF_MEMORY:
        return odd("memory", f"Only {found}", "Close other programs, and kernels of notebooks that are done.")
    return fine("memory", found)


# --- network ------------------------------------------------------------------------------------------------


def _localhost() -> Finding:
    """A kernel and a browser reach JupyterLab by this machine's own address."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(5)
            with socket.create_connection(server.getsockname(), timeout=5) as near:
                far, _ = server.accept()
                with far:
                    near.sendall(b"x")
                    far.settimeout(5)
                    assert far.recv(1) == b"x"
    except OSError as error:
        found = f"This machine can't reach itself at 127.0.0.1 ({error}): no kernel will answer."
        return wrong("localhost", found, "A firewall or a security program forbids it: allow it for Python.")
    try:
        names = {str(address[4][0]) for address in socket.getaddrinfo("localhost", 80)}
    except OSError as error:
        names = {f"nothing ({error})"}
    if not any(name.startswith("127.") or name == "::1" for name in names):
        line = "127.0.0.1 localhost"
        add = f"echo '{line}' | sudo tee -a /etc/hosts"
        hosts = by_system(debian=add, mac=add)
        return odd("localhost", f"The name localhost stands for {', '.join(sorted(names))}.", f"Add {line}.", hosts)
    return fine("localhost", "This machine can reach itself.")


def _proxies() -> Finding | None:
    proxies = urllib.request.getproxies()
    through = proxies.get("http") or proxies.get("all")
    if not through or (urllib.request.proxy_bypass("localhost") and urllib.request.proxy_bypass("127.0.0.1")):
        return None
    but = f"{proxies['no']}," if proxies.get("no") else ""
    found = "A proxy is set for all addresses, this machine's own too: JupyterLab and its kernels may not connect."
    return odd("proxy", found, "Except this machine.", set_to("NO_PROXY", f"{but}localhost,127.0.0.1"))


# --- fonts, terminal, git -----------------------------------------------------------------------------------


def _fonts_of_figures(done: Tried | None) -> Finding | None:
    package = find_spec("koreanize_matplotlib")  # not imported: it needs distutils, gone since Python 3.12
    fonts = [Path(folder) / "fonts" for folder in (package.submodule_search_locations or [])] if package else []
    brought = [font for font in fonts if (font / "NanumGothic.ttf").is_file()]
    again = "Install the package that brings the font anew.", pip_install("koreanize-matplotlib", anew=True)
    if done is None:
        return None
    if done.error:
        return wrong("fonts of figures", f"No Korean text can be drawn: {done.error}", *again)
    if done.value:
        return wrong("fonts of figures", f"Korean text in figures is drawn as boxes: {done.value[0]}", *again)
    whose = "the font that the course brings" if brought else "a font of this system"
    return fine("fonts of figures", f"Figures draw Korean text, with {whose}.")


def _fonts_of_pages() -> Finding | None:
    """Linux alone comes without a Hangul font."""
    fc_list = shutil.which("fc-list")
    if not fc_list or sys.platform != "linux":
        return None
    try:
        done = subprocess.run([fc_list, ":lang=ko"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode == 0 and not done.stdout.strip():
        found = "This system has no Hangul font: Korean text on pages shows as boxes, if the browser runs here."
        return odd("fonts of pages", found, "Install one.", "sudo apt install fonts-nanum")
    return fine("fonts of pages", "This system has a Hangul font for pages.")


def _terminal() -> Finding:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        "한국어".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        found = f"The terminal's encoding is {encoding}, which has no Hangul: `course translate` can't show Korean."
        return odd("terminal", found, "Set it to UTF-8 before you start Python.", set_to("PYTHONIOENCODING", "utf-8"))
    return fine("terminal", f"The terminal can show Korean ({encoding}).")


def _git() -> Finding | None:
    if folders.installed():
        return None
    if not shutil.which("git"):
        install = by_system(
            debian="sudo apt install git", mac="xcode-select --install", windows="winget install Git.Git"
        )
        found = "git is not there: `course update`, and fresh notebooks, need it."
        return odd("git", found, "Install it.", install)
    return fine("git", "git is there.")
