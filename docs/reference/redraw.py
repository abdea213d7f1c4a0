"""Draw a sample again from its list and seed: ``python redraw.py cases.csv SEED SIZE [strata]``.

Without the word ``strata`` it draws from the list as a whole. draw-format.md has the rules; no code is shared.
"""

import csv
import hashlib
import sys
import unicodedata
from pathlib import Path

path, seed, size, *strata = sys.argv[1:]
lines = csv.reader(unicodedata.normalize("NFC", Path(path).read_bytes().decode("utf-8-sig")).splitlines(keepends=True))
heads, *rows = [[cell.strip() for cell in line] for line in lines if line]
listed = [dict(zip(heads, row, strict=True)) for row in rows]
text = "case,kind,stratum\n"
for row in sorted(listed, key=lambda row: row["case"].encode()):
    cells = [row.get(head, "") for head in ("case", "kind", "stratum")]
    text += (
        ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell for cell in cells) + "\n"
    )
digest = hashlib.sha256(text.encode()).hexdigest()
groups = {}
for row in sorted(listed, key=lambda row: hashlib.sha256(f"{seed}|{digest}|{row['case']}".encode()).hexdigest()):
    groups.setdefault(row.get("stratum", "") if strata else "the whole list", []).append(row["case"])
share = {name: min(2, len(cases)) for name, cases in groups.items()}
rest, room = int(size) - sum(share.values()), {name: len(cases) - share[name] for name, cases in groups.items()}
exact = {name: divmod(rest * room[name], sum(room.values()) or 1) for name in sorted(groups)}
left = rest - sum(whole for whole, _ in exact.values())
for place, name in enumerate(sorted(exact, key=lambda name: (-exact[name][1], name))):
    share[name] += exact[name][0] + (place < left)
for name in sorted(groups):
    print(f"{name}: drawn {' '.join(groups[name][: share[name]])} | reserve {' '.join(groups[name][share[name] :])}")
print(digest)
