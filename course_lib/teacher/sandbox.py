"""The walls around a kernel: a program that puts them up and becomes the kernel.

    python -I -S sandbox.py WALLS COMMAND ...

WALLS is JSON, see `Walls`. On Linux, where the system lets an ordinary user make namespaces, the command sees no
network, no other process, and of the files only the system's programs, this Python, and a copy of the course in memory:
that one it may change. Elsewhere only the system's own limits hold (`resource`), and Windows has none.

It stands alone, and imports nothing of the course: it runs before there is one inside the walls.
"""

import ctypes
import json
import os
import shutil
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

# <sched.h>, <sys/mount.h>, <sys/prctl.h>
_NEW_NAMESPACES = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000  # NS UTS IPC USER PID NET
_NOSUID, _NODEV, _NOEXEC, _BIND, _RECURSIVE, _PRIVATE = 0x2, 0x4, 0x8, 0x1000, 0x4000, 0x40000
_DETACH = 2
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}  # the numbers of system calls that the C library has no name for
_MOUNT_SETATTR = 442

_SYSTEM = ("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "nix")
_SETTINGS = ("ld.so.cache", "fonts", "alternatives", "localtime", "nsswitch.conf", "mime.types")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_INNER_ID = 1000  # the user inside; any but 0, so that it has no rights left once the command starts


@dataclass(frozen=True)
class Walls:
    """What holds a command.

    Attributes:
        box: its folder; only `box/io` is seen from both sides, `box/work` is its own.
        given: the folder that `box/work` is a copy of.
        start: the folder below `box/work` that it starts in.
        shown: the other folders that it may read.
        links: symbolic links on the way to them.
        isolated: with namespaces; without them the copy is made by whoever starts it.
        memory, written: bytes; the most that a process may have, and that it may write.
        processes: how many processes and threads.
    """

    box: str
    given: str
    start: str
    shown: tuple[str, ...]
    links: tuple[str, ...]
    isolated: bool
    memory: int
    written: int
    processes: int

    def command(self, *command: str) -> list[str]:
        """The command line that runs a command inside."""
        return [sys.executable, "-I", "-S", __file__, json.dumps(asdict(self)), *command]

    @property
    def work(self) -> str:
        return os.path.join(self.box, "work")  # noqa: PTH118 - this also names places below a new root


def main(arguments: list[str]) -> None:
    walls = Walls(**json.loads(arguments[0]))
    command = arguments[1:]
    if walls.isolated:
        sys.exit(_apart(walls, command))
    _limit(walls)
    os.chdir(Path(walls.work) / walls.start)
    os.execv(command[0], command)


def die_with_parent() -> None:
    """Linux ends this process when the one that started it ends, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Linux makes this process the parent of all that its children leave behind, so that they are found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


# --- limits -------------------------------------------------------------------------------------------------


def _limit(walls: Walls) -> None:
    """What the system itself refuses; who watches the process from outside sees the rest."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {
        "RLIMIT_DATA": walls.memory,
        "RLIMIT_FSIZE": walls.written,
        "RLIMIT_CORE": 0,
        # Counted for each user; inside namespaces of their own only what runs there counts. It does not bind root.
        **({"RLIMIT_NPROC": walls.processes} if walls.isolated else {}),
    }
    for name, most in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            try:
                hard = resource.getrlimit(kind)[1]
                least = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (least, least))
            except (ValueError, OSError):  # not every system lets it be set
                pass


# --- namespaces ---------------------------------------------------------------------------------------------


def _call(name: str, *arguments: object) -> None:
    """Call a function of the C library; raises OSError."""
    made = [each.encode() if isinstance(each, str) else each for each in arguments]
    if getattr(_LIBRARY, name)(*made) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


_LIBRARY = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _apart(walls: Walls, command: list[str]) -> int:
    """Run the command in namespaces of its own; all that it has started ends with it, and with this process."""
    if os.uname().machine not in _PIVOT_ROOT:
        raise OSError(f"walls are not known for {os.uname().machine}")
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEW_NAMESPACES)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{_INNER_ID} {user} 1"),
        ("gid_map", f"{_INNER_ID} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text, encoding="ascii")
    root = _root(walls)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is meant for the kernel
    first = os.fork()  # the first process of the new namespace: what it leaves when it ends is killed
    if first == 0:
        die_with_parent()
        _inside(walls, root, command)
    die_with_parent()
    return _status(os.waitpid(first, 0)[1])


def _status(waited: int) -> int:
    code = os.waitstatus_to_exitcode(waited)
    return code if code >= 0 else 128 - code


def _root(walls: Walls) -> Path:
    """A new root in memory, with the course copied into it and what may be read mounted."""
    root = Path(walls.box) / "root"
    root.mkdir()
    _call("mount", "none", "/", None, _RECURSIVE | _PRIVATE, None)
    _call("mount", "tmpfs", str(root), "tmpfs", _NOSUID | _NODEV, f"size={walls.written},mode=755")
    for name in _SYSTEM:
        outside = Path("/", name)
        if outside.is_symlink():
            (root / name).symlink_to(outside.readlink())
        elif outside.is_dir():
            _show(outside, root)
    for path in walls.shown:
        _show(Path(path), root)
    for link in walls.links:
        inside = _below(root, link)
        if not os.path.lexists(inside):
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.symlink_to(Path(link).readlink())
    _settings(root)
    _devices(root)
    shutil.copytree(walls.given, _below(root, walls.work))
    io = Path(walls.box, "io")
    _below(root, io).mkdir()
    _call("mount", str(io), str(_below(root, io)), None, _BIND, None)
    _lock(_below(root, io), "nosuid")
    for name in ("tmp", "proc"):
        (root / name).mkdir(exist_ok=True)
    return root


def _below(root: Path, path: str | Path) -> Path:
    """Where a path is, seen from outside, once `root` is the root."""
    return root / Path(path).relative_to("/")


def _show(path: Path, root: Path) -> None:
    """Mount a folder where it is, to be read alone."""
    inside = _below(root, path)
    inside.mkdir(parents=True, exist_ok=True)
    _call("mount", str(path), str(inside), None, _BIND | _RECURSIVE, None)
    _lock(inside, "readonly", "nosuid")


def _lock(path: Path, *ways: str) -> None:
    """Set a mount, and all below it, to be "readonly" or "nosuid"; what is set already stays."""
    bits = {"readonly": 1, "nosuid": 2}
    attributes = (ctypes.c_uint64 * 4)(sum(bits[way] for way in ways), 0, 0, 0)
    here, recursive, size = -100, ctypes.c_uint(0x8000), ctypes.c_size_t(ctypes.sizeof(attributes))
    _call("syscall", ctypes.c_long(_MOUNT_SETATTR), here, str(path), recursive, attributes, size)


def _settings(root: Path) -> None:
    etc = root / "etc"
    etc.mkdir()
    for name in _SETTINGS:
        outside = Path("/etc", name)
        if outside.is_dir():
            shutil.copytree(outside, etc / name, symlinks=True)
        elif outside.exists():
            shutil.copy2(outside, etc / name, follow_symlinks=False)
    (etc / "passwd").write_text(f"learner:x:{_INNER_ID}:{_INNER_ID}::/tmp:/bin/sh\n", encoding="ascii")
    (etc / "group").write_text(f"learner:x:{_INNER_ID}:\n", encoding="ascii")


def _devices(root: Path) -> None:
    dev = root / "dev"
    for folder in (dev, dev / "shm", dev / "pts"):
        folder.mkdir()
    for name in _DEVICES:
        (dev / name).touch()
        _call("mount", f"/dev/{name}", str(dev / name), None, _BIND, None)
    _call("mount", "devpts", str(dev / "pts"), "devpts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666,mode=620")
    for name, target in (("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1")):
        (dev / name).symlink_to(target)
    cores = Path("/sys/devices/system/cpu")  # torch asks there how many there are
    if cores.is_dir():
        _show(cores, root)


def _inside(walls: Walls, root: Path, command: list[str]) -> None:
    """As the first process inside: close the door, start the command, and end with it."""
    status = 125
    try:
        _call("mount", "proc", str(root / "proc"), "proc", _NOSUID | _NODEV | _NOEXEC, None)
        # Who may make namespaces within these has all rights in them, and with these more of the system's code before
        # them; and what root may set for the whole machine under /proc/sys is not to be written.
        (root / "proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")
        _lock(root / "proc", "readonly")
        os.chdir(root)
        _call("syscall", ctypes.c_long(_PIVOT_ROOT[os.uname().machine]), ".", ".")
        _call("umount2", ".", _DETACH)
        os.chdir(os.path.join(walls.work, walls.start))  # noqa: PTH118
        kernel = os.fork()
        if kernel == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            _call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
            _limit(walls)
            os.environ.pop("JPY_PARENT_PID", None)  # a process that is not seen from here
            os.execv(command[0], command)
        while True:
            ended, waited = os.wait()  # also what others have left behind
            if ended == kernel:
                status = _status(waited)
                break
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
