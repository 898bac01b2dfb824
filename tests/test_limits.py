"""Limits for an answer: it ends, whatever it does, and nothing of it stays behind."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time

import pytest
import torch

from course_lib.exercises import limits
from course_lib.exercises.limits import LimitReached, Tail, within_limits


def forever():
    while True:
        pass


def stubborn():
    """It catches what should stop it, a few times."""
    for _ in range(3):
        try:
            while True:
                pass
        except BaseException:
            pass
    return "over"


def test_the_result_comes_back_and_so_do_errors():
    assert within_limits(lambda: 7) == 7
    assert within_limits(lambda: None) is None
    with pytest.raises(ZeroDivisionError):
        within_limits(lambda: 1 / 0)
    with pytest.raises(SystemExit):
        within_limits(lambda: sys.exit(3))
    with pytest.raises(KeyboardInterrupt):
        within_limits(lambda: (_ for _ in ()).throw(KeyboardInterrupt))


@pytest.mark.parametrize("work", [forever, stubborn, lambda: time.sleep(30)], ids=["loop", "stubborn", "sleep"])
def test_what_does_not_end_is_stopped(work):
    start = time.monotonic()
    with pytest.raises(LimitReached) as reached:
        within_limits(work, seconds=0.3)
    assert reached.value.limit == "time"
    assert time.monotonic() - start < 5
    assert reached.value.frame is not None


def at_work():
    """The answers that go on; a sleep can't be waked."""
    return {thread for thread in threading.enumerate() if thread.name == "an answer" and thread.is_alive()}


def test_a_loop_is_over_when_it_was_stopped():
    before = at_work()
    with pytest.raises(LimitReached):
        within_limits(forever, seconds=0.2)
    assert at_work() <= before


def test_what_takes_more_and_more_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "_address_space", lambda more: contextlib.nullcontext())  # as on macOS and Windows

    def greedy():
        kept = []
        while len(kept) < 5000:  # 10 GB, if nobody stops it
            kept.append(torch.ones(500_000))
            time.sleep(0.002)

    with pytest.raises(LimitReached) as reached:
        within_limits(greedy, seconds=60, memory=100 << 20)
    assert reached.value.limit == "memory"


def test_the_limit_of_the_process_is_lower_inside_and_as_before_afterwards(monkeypatch):
    before, told = resource.getrlimit(resource.RLIMIT_AS), []
    monkeypatch.setattr(resource, "setrlimit", lambda which, limit: told.append((which, limit)))
    within_limits(lambda: None, memory=1 << 30)
    with pytest.raises(LimitReached):
        within_limits(forever, seconds=0.1)
    (kind, (soft, hard)), restored = told[0], told[1]
    assert kind == resource.RLIMIT_AS
    assert (1 << 31) < soft < (1 << 40)
    assert hard == before[1]
    assert restored == (resource.RLIMIT_AS, before)
    assert told[3] == restored, "after an answer that was stopped, too"


def test_where_the_system_has_no_such_limit_the_others_hold(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    assert within_limits(lambda: 7) == 7
    with pytest.raises(LimitReached):
        within_limits(forever, seconds=0.2)


def test_a_deep_recursion_has_room():
    def depth(n):
        return 0 if n == 0 else 1 + depth(n - 1)

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(6000)
    try:
        assert within_limits(lambda: depth(5000)) == 5000
    finally:
        sys.setrecursionlimit(limit)
    with pytest.raises(RecursionError):
        within_limits(lambda: depth(10**6))


def test_the_learners_own_interrupt_stops_the_work_and_goes_on_up():
    before = at_work()
    timer = threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        within_limits(forever, seconds=20)
    assert at_work() <= before


def test_what_a_thread_holds_for_itself_begins_as_torch_begins():
    with torch.no_grad(), torch.device("meta"):
        assert within_limits(torch.is_grad_enabled)
        assert within_limits(lambda: torch.zeros(1).device.type) == "cpu"
    within_limits(lambda: torch.set_grad_enabled(False))
    assert torch.is_grad_enabled()


def test_the_end_of_what_is_printed_is_kept_and_no_more():
    tail = Tail(lines=3, width=5)
    assert tail.text() == ""
    print("one", file=tail)
    print("two\nthree and more\nfour", file=tail)
    assert tail.text() == "(1 lines before these)\ntwo\nthree\nfour"
    print("a\nb\nc\nd\ne", file=tail)
    assert tail.text() == "(6 lines before these)\nc\nd\ne"
    for number in range(10_000):
        print(number, file=tail)
    assert tail.text() == "(10006 lines before these)\n9997\n9998\n9999"
    tail.write("x" * 10**7)
    assert sum(map(len, tail.kept)) < 30


def test_the_limits_leave_room_for_a_right_answer():
    assert 5 <= limits.SECONDS < 10
    assert limits.MEMORY >= 1 << 30


def test_stopping_what_is_just_about_to_end_leaves_no_trace(monkeypatch):
    """The order to stop may come at any step of the thread's last ones."""
    complaints = []
    monkeypatch.setattr(threading, "excepthook", complaints.append)
    for spins in range(600):
        work = limits._Work(lambda spins=spins: sum(range(spins % 300)))
        work.start()
        work.stop()
        work.join()
    assert not complaints


@pytest.mark.parametrize("tool", ["settrace", "setprofile"])
def test_a_check_ends_under_a_debugger_and_a_profiler(tool):
    program = (
        "import sys\n"
        "from course_lib.exercises import find, grade\n"
        "follow = lambda *event: follow\n"
        f"sys.{tool}(follow)\n"
        "result = grade(find('00.first'), lambda x: 2 * x)\n"
        f"sys.{tool}(None)\n"
        "assert result.correct\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
