"""Build the background of the reuse check from any folders of texts.

    python benchmarks/background.py FOLDER... -o FILE

The background tells how common a wording is in prose of the kind that is checked. It holds hashed counts of
n-grams and no text. An office builds its own from past speeches and reports, a million characters or more,
and puts it where the shipped one is: templates/reuse/background.npz. N-grams that occur less than `--least`
times are left out; the shipped file leaves out those that occur less than three times, which makes it a
sixth as large and costs 0.003 plagdet on reports of another source (benchmarks/reuse.py).
"""

import argparse
import sys
from pathlib import Path

from reuse_planting import read_folder

from speechkit.reuse.background import build_background, save_background

LEAST = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folder of UTF-8 .txt files")
    parser.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE", help="the .npz to write")
    parser.add_argument("--least", type=int, default=LEAST, help="occurrences that an n-gram needs to stay")
    options = parser.parse_args()
    texts = [text for folder in options.folders for text in read_folder(folder)]
    background = build_background(texts, least=options.least)
    save_background(background, options.file)
    grams = sum(map(len, background.hashes))
    size = options.file.stat().st_size
    print(f"{len(texts)} texts, {background.size} characters, {grams} n-grams, {size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
