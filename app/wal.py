"""What SQLite has committed but not yet brought into the database's file, and whether all of it can still be read.

After a crash SQLite takes what the file beside it (`-wal`) holds up to the first frame whose checksum is wrong, and
says nothing of the rest: it can't tell damage from a commit that was cut short. But each commit waits for the disk, so
only the last one can have been cut short. Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

HEADER, FRAME = struct.Struct(">8I"), struct.Struct(">6I")
SUMMED_OF_HEADER, SUMMED_OF_FRAME = 24, 8
PAGE_BYTES = 4096
"""SQLite's own; nothing here sets another."""

Sums = tuple[int, int]


def lost_commits(database: Path) -> int:
    """How many acknowledged commits stand where SQLite will not read on. Nobody may be writing meanwhile."""
    try:
        content = database.with_name(f"{database.name}-wal").read_bytes()
    except FileNotFoundError:
        return 0
    if len(content) < HEADER.size + FRAME.size:
        return 0
    magic, _, _, _, *salts_and_sums = HEADER.unpack_from(content)
    order = ">" if magic & 1 else "<"
    sums = _summed(content[:SUMMED_OF_HEADER], (0, 0), order)
    is_good = list(sums) == salts_and_sums[2:]
    places = range(HEADER.size, len(content) - FRAME.size - PAGE_BYTES + 1, FRAME.size + PAGE_BYTES)
    salts = salts_and_sums[:2] if is_good else _usual_salts(content, places)
    commits_behind = 0
    for at in places:
        _, pages_after_commit, *frame_salts_and_sums = FRAME.unpack_from(content, at)
        is_of_now = frame_salts_and_sums[:2] == salts  # else it is left from before the file was begun anew
        if is_good:
            page = at + FRAME.size
            sums = _summed(content[at : at + SUMMED_OF_FRAME], sums, order)
            sums = _summed(content[page : page + PAGE_BYTES], sums, order)
            is_good = is_of_now and list(sums) == frame_salts_and_sums[2:]
        if not is_good and is_of_now and pages_after_commit:
            commits_behind += 1
    return max(0, commits_behind - 1)


def _usual_salts(content: bytes, places: Iterable[int]) -> list[int]:
    """Those of most frames, where the header does not say which are of now."""
    found = Counter(FRAME.unpack_from(content, at)[2:4] for at in places)
    return [salt for salts, _ in found.most_common(1) for salt in salts]


def _summed(content: bytes, sums: Sums, order: str) -> Sums:
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    first, second = sums
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
