"""`course data get multi30k`: a corpus that the course does not bring along, file by file and by checksum."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from course_lib.usage import UsageError

# Elliott, Frank, Sima'an, Specia 2016: Multi30K: Multilingual English-German Image Descriptions, arXiv:1605.00459
COMMIT = "a3d2e0d26b56f3846f66a952536ffed4e401d05a"
ADDRESS = f"https://raw.githubusercontent.com/multi30k/dataset/{COMMIT}/data/task1/raw"
LANGUAGES = ("de", "en", "fr", "cs")
# By stem, the SHA-256 of the files in the languages, in the order above.
CHECKSUMS = """
train 726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6 \
d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f \
622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c \
a65adb8b32e3bc664f21ecba7a6e7f6950fd1f405e135f7c312faabdb6255077
val f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a \
14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28 \
ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9 \
b63226e05c4bd5dd6a42897d74b86a1b9d2c31498252c572b1ea7f7996927fcc
test_2016_flickr 9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8 \
611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9 \
6d326e188d259fb1d04ac19eae3af956559b3a0b93d7635e56c90987c40c8b90 \
200a4a74cc9560f051924abb9803be008d1908d77f747e9141aeb86dfd2797f1
test_2017_flickr a2c89666db00c495cd8513b9d708d5a3acc205d7de312ef2bf5fb7ebc1540aee \
76a444ee25172e72695cddb13ae4a3bda59430617be88e0bb46b60504f054074 \
3ba671ceb2299f3304ffafefea7a833d08632fbaf0ba18546f8a2ec2391af496 -
test_2017_mscoco 799e4854c25d601cb6cb6be29eabe5667734c61ace2f495e03e429031a0bc338 \
aab300bfb4427697987e02cd0aacd44bfe8aa50456231b6474c08038bbed2b58 \
754f3072ba9f124569ba5258b32730fc1d214bbf8e0c6dfb2b74401676220db0 -
test_2018_flickr ddd0130c7d97482dc5197a02141dae8dd79f20f03586c480d675c09a32daf608 \
ef4f4844037d4c5dea75c9a8ed5fd78905967a26f67c255e230cc9780032654d \
fb2b83fcceb937a4f7e3e93c1c51c22aba92f1e342391e6b5ba392b16a920501 \
7d0a9db904f94c554a8c58049a9f3a5357c27f46cc3d710d70cb0b4a2585b8c2
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("action", choices=["get"])
    parser.add_argument("corpus", choices=["multi30k"], help="29,000 sentences that describe pictures")
    parser.add_argument("--languages", default="de,en", metavar="A,B", help="of de, en, fr and cs (default: de,en)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to (default: multi30k)")
    parser.add_argument("--from", dest="address", default=ADDRESS, metavar="URL", help="a copy of the files elsewhere")


def run(given: argparse.Namespace) -> int:
    """Download what is not there already."""
    folder = given.out or Path(given.corpus)
    languages = given.languages.split(",")
    if odd := [language for language in languages if language not in LANGUAGES]:
        raise UsageError(f"multi30k has {', '.join(LANGUAGES)}, not {odd[0]!r}")
    names = files(languages)
    for name, checksum in names.items():
        fetch(f"{given.address.rstrip('/')}/{name}", folder / name, checksum)
    print(f"{len(names)} files in {folder}. Train on them:")
    source, target = (languages * 2)[:2]
    print(f"  course train --data {folder} --source {source} --target {target} --lower")
    return 0


def files(languages: Sequence[str]) -> dict[str, str]:
    """The files of these languages, name -> SHA-256, but for the splits that one of them lacks."""
    found: dict[str, str] = {}
    for line in CHECKSUMS.strip().splitlines():
        stem, *sums = line.split()
        of = dict(zip(LANGUAGES, sums, strict=True))
        if "-" not in (of[language] for language in languages):
            found |= {f"{stem}.{language}.gz": of[language] for language in languages}
    return found


def fetch(address: str, path: Path, checksum: str) -> None:
    """A file by its address, if it is not there already; it is there whole and right, or not at all.

    Raises:
        UsageError: it can't be reached, or is another file than the one that was meant.
    """
    import pooch
    import requests

    pooch.get_logger().setLevel("ERROR")
    print(f"  {path.name}", flush=True)
    try:
        pooch.retrieve(address, f"sha256:{checksum}", fname=path.name, path=os.fspath(path.parent))
    except requests.RequestException as error:
        raise UsageError(
            f"{address} could not be downloaded ({type(error).__name__}); what is there stays, run the command again"
        ) from error
    except ValueError as error:  # pooch has removed what it got
        raise UsageError(f"{address} is another file than the one that was meant: its checksum is wrong") from error
