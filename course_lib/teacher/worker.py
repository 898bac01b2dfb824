"""The process that one notebook of a class is given to. It stands outside the walls of the notebook's kernel.

python -m course_lib.teacher.worker TASK.json RESULT.json
"""

import json
import sys
from pathlib import Path

from course_lib.teacher.box import Task
from course_lib.teacher.sandbox import adopt_orphans, die_with_parent

_MEMORY = 3 << 30  # bytes; this process reads what strangers send


def main(arguments: list[str]) -> int:
    """Judge what TASK names, and write it to RESULT."""
    die_with_parent()
    adopt_orphans()
    _limit()
    # A grammar of web addresses, which takes longer to load than all the rest; who reads notebooks can do without it.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    from course_lib.teacher.judge import judged

    task = Task(**json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    Path(arguments[1]).write_text(json.dumps(judged(task)), encoding="utf-8")
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, hard))  # the soft one: the kernel has its own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
