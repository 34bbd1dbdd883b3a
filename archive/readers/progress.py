"""How far the reading of files has come, for whoever waits for it."""

from collections.abc import Callable


class Progress:
    """Bytes of the files that are done; `tell` is called whenever there are more.

    Of a compressed file they are positions in it as it lies on the disk. `step` says what is being done where that is
    not yet the reading of articles, "" if it is.
    """

    def __init__(self, tell: Callable[["Progress"], None] = lambda _: None) -> None:
        self._tell = tell
        self._before = 0
        self._here = 0
        self.step = ""

    @property
    def done(self) -> int:
        return self._before + self._here

    def reached(self, position: int) -> None:
        """A place in the file that is read now; it never goes back."""
        self.step, self._here = "", max(self._here, position)
        self._tell(self)

    def looks_through(self, step: str) -> None:
        """Something that is done before the first article, and how far it is."""
        self.step = step
        self._tell(self)

    def end_of_file(self, size: int) -> None:
        self._before, self._here, self.step = self._before + size, 0, ""
        self._tell(self)
