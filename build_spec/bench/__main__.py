"""`dev.py bench [name]`: every measurement of BENCHES with its floor in one run, or one of them."""

from __future__ import annotations

import sys

from build_spec.bench import (
    blocks_bench,
    list_bench,
    places_bench,
    print_bench,
    sealing_bench,
    search_bench,
    store_bench,
    sync_bench,
    typing_bench,
    window_bench,
)

BENCHES = {
    "window": window_bench.main,
    "store": store_bench.main,
    "search": search_bench.main,
    "print": print_bench.main,
    "typing": typing_bench.main,
    "list": list_bench.main,
    "blocks": blocks_bench.main,
    "places": places_bench.main,
    "sealing": sealing_bench.main,
    "sync": sync_bench.main,
}


def main(names: list[str]) -> int:
    """Run the named measurements, or all."""
    for name in names or BENCHES:
        print(f"== {name}")
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
