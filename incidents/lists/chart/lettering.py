"""Lines of text in a picture. Pure: how wide letters are is estimated."""

from collections.abc import Iterator


def wrapped(text: str, room: float, size: float, weight: str = "normal") -> Iterator[str]:
    """Break a text into lines; a word that is too long alone (an address) is broken anywhere."""
    most = max(10, int(room / (size * (0.62 if weight == "bold" else 0.56))))
    line = ""
    for word in text.split():
        while len(word) > most:
            if line:
                yield line
                line = ""
            yield word[:most]
            word = word[most:]  # noqa: PLW2901 (what is left of it)
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield line
