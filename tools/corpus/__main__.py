"""Write the bundled corpus, or check that it is what the grammar gives.

python -m tools.corpus            write data/ko-en/*.tsv, its SHA256SUMS, and data/analogies.tsv
python -m tools.corpus --check    regenerate in memory and compare byte for byte; exit status 1 on a difference
"""

import argparse
import hashlib
import sys
from pathlib import Path

from course_lib.files import replacing

from . import analogies
from .generate import build, tsv

DATA = Path(__file__).resolve().parents[2] / "data"


def files() -> dict[str, bytes]:
    """Path below the data folder -> contents, of everything that is generated; `human.tsv` is written by hand."""
    contents = {
        f"{name}.tsv": tsv(sentences, references=name == "test").encode() for name, sentences in build().items()
    }
    written = contents | {"human.tsv": (DATA / "ko-en" / "human.tsv").read_bytes()}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(written.items()))
    corpus = {f"ko-en/{name}": data for name, data in contents.items()}
    return corpus | {"ko-en/SHA256SUMS": sums.encode(), "analogies.tsv": analogies.tsv().encode()}


def differences(directory: Path) -> list[str]:
    """The names of the files that aren't what the grammar gives."""
    return [
        name
        for name, contents in files().items()
        if not (directory / name).is_file() or (directory / name).read_bytes() != contents
    ]


def main(argv: list[str] | None = None) -> int:
    """Run the command; the exit status is returned."""
    parser = argparse.ArgumentParser(prog="python -m tools.corpus", description="Make the bundled corpus.")
    parser.add_argument("--check", action="store_true", help="compare with what is there instead of writing")
    parser.add_argument("--out", type=Path, default=DATA, help="the folder to write into (default: data)")
    args = parser.parse_args(argv)
    if args.check:
        wrong = differences(args.out)
        for name in wrong:
            print(f"{args.out / name} differs from what the grammar gives", file=sys.stderr)
        return 1 if wrong else 0
    for name, contents in files().items():
        path = args.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as beside:
            beside.write_bytes(contents)
        print(f"{path}: {len(contents):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
