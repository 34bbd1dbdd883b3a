"""`python -m benchmarks.suggestions`: how many texts of 2,000 characters one core reads for suggestions in a second.

Texts are put together from sentences of our own, in English and in Arabic, with all names of the gazetteer to look for.
Exits with 1 under the demanded 30 a second.
"""

import gc
import random
import sys
import time
from datetime import date

from evaluate.suggestions import reader
from incidents.suggesting import Report

TEXTS, SIZE, LEAST = 100, 2_000, 30
TOWNS = ("Kafranbel", "Saraqib", "Khan Shaykhun", "Raqqa", "Aleppo", "Douma", "كفر نبل", "سراقب", "الرقة", "دوما")
SENTENCES = {
    "en": (
        "Air strikes on the town of {town} on Monday killed at least {number} people, the Observatory said. ",
        "A school and a market in {town} were hit by {number} shells, wounding a woman and her two children. ",
        "Residents of {town} waited for bread, and the road to the north stayed closed for another day. ",
        "Government forces shelled {town} overnight, according to local sources and rescue workers. ",
    ),
    "ar": (
        "قُتل {number} مدنيًا بينهم طفلان في غارات جوية على مدينة {town} صباح الثلاثاء بحسب المرصد السوري. ",
        "استهدف القصف سوقًا ومدرسة في {town} وأصيب {number} شخصًا. ",
        "انتظر الأهالي في {town} أمام الفرن، وبقي الطريق مغلقًا يومًا آخر. ",
    ),
}


def text(chance: random.Random) -> str:
    sentences = SENTENCES[chance.choice(tuple(SENTENCES))]
    made = ""
    while len(made) < SIZE:
        made += chance.choice(sentences).format(town=chance.choice(TOWNS), number=chance.randint(3, 60))
    return made[:SIZE]


def main() -> None:
    made, chance = reader(), random.Random(TEXTS)
    gc.freeze()  # as `archive.gazetteer.index` does
    reports = [Report(text=text(chance), published=date(2016, 6, 1)) for _ in range(TEXTS)]
    for report in reports[:5]:
        made.read(report)
    started = time.process_time()
    for report in reports:
        made.read(report)
    rate = TEXTS / (time.process_time() - started)
    sys.stdout.write(f"{rate:.0f} texts of {SIZE:,} characters a second\n")
    sys.exit(rate < LEAST)


if __name__ == "__main__":
    main()
