"""What readers ask for, drawn from what is there: words by how many texts have them, towns, actors, phrases."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field

import psycopg

SAMPLE = 3_000  # texts
WORD = re.compile(r"[a-z]{5,}")
ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
STOP = frozenset(
    """about after again against before being below between could during other their there these those through under
    until where which while would having doing further itself themselves should above because""".split()  # noqa: SIM905
)


@dataclass
class Vocabulary:
    """Words of one kind of text: ``common`` are in a fifth to a half of all texts, ``rare`` in few."""

    common: list[str] = field(default_factory=list)
    rare: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)


def vocabulary(texts: list[str], rng: random.Random) -> Vocabulary:
    """Draw words from a sample of texts."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(WORD.findall(text.lower())) - STOP)
    total = len(texts)
    common = [word for word, count in seen.items() if 0.2 <= count / total <= 0.5]
    if len(common) < 5:  # short texts share fewer words
        common = [word for word, _ in seen.most_common(40)]
    rare = [word for word, count in seen.items() if count <= max(1, total // 1000)]
    for words in (common, rare):
        words.sort()
        rng.shuffle(words)
    phrases = [phrase for text in rng.sample(texts, min(len(texts), 400)) if (phrase := a_phrase(text, rng))]
    return Vocabulary(common, rare[:2_000], list(dict.fromkeys(phrases)))


def a_phrase(text: str, rng: random.Random) -> str:
    """Two words that follow each other in the text."""
    pairs = re.findall(r"(?=\b([a-z]{4,} [a-z]{4,})\b)", text)
    pairs = [pair for pair in pairs if STOP.isdisjoint(pair.split())]
    return rng.choice(pairs) if pairs else ""


def sample(connection: psycopg.Connection, sql: str) -> list[str]:
    return [row[0] for row in connection.execute(sql)]


def of_articles(connection: psycopg.Connection, rng: random.Random) -> Vocabulary:
    sql = f"SELECT text FROM archive_textversion WHERE id % 37 = 1 AND length < 9000 LIMIT {SAMPLE}"
    return vocabulary(sample(connection, sql), rng)


def of_incidents(connection: psycopg.Connection, rng: random.Random) -> Vocabulary:
    sql = f"SELECT exact FROM archive_passage WHERE id % 7 = 1 LIMIT {SAMPLE}"
    return vocabulary(sample(connection, sql), rng)
