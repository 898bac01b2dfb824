"""Print a picture as SVG: python -m tools.pictures lstm_cell > lstm_cell.svg"""

import argparse
import sys

from tools import pictures


def main() -> int:
    parser = argparse.ArgumentParser(description="Print a picture of a model as SVG.")
    parser.add_argument("name", help=", ".join(pictures.PICTURES))
    try:
        print(pictures.svg(parser.parse_args().name), end="")
    except ValueError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
