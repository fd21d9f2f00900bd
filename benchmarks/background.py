"""Build a background table for the reuse check: python benchmarks/background.py FOLDER... -o FILE

The table holds hashed counts of character n-grams and no text. The one that is shipped
(templates/reuse/background.npz) was built with --least 3 from government work reports: 31 provincial ones of
2026 and 20 national ones of 2000 to 2019. An office builds its own from the texts it has.
"""

import argparse
from pathlib import Path

from speechkit.materials import collect_materials
from speechkit.reuse.background import build_background, save_background


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--least", type=int, default=3, help="leave out what occurs less often")
    arguments = parser.parse_args()
    materials, skipped = collect_materials(arguments.folders)
    for one in skipped:
        print(f"skipped {one.path}: {one.reason}")
    background = build_background((material.text for material in materials), least=arguments.least)
    save_background(background, arguments.output)
    kept = sum(map(len, background.hashes))
    print(
        f"{len(materials)} texts, {background.size} characters, {kept} n-grams, {arguments.output.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
