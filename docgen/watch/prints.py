"""PDFs of out/ by their hash → bytes and pages as pictures, kept while they are shown.

Nothing is looked up by a name that came from outside: only what was put here can be asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from docgen.bind import draw_page, page_sizes
from docgen.load.disk import is_inside
from docgen.model.artifact import Output

WIDTH = 1000  # pixels of a page
LARGEST = 200_000_000  # bytes of one PDF
MEMORY = 64_000_000  # bytes of files, and as many of pictures
FEW = 20  # PDFs that are read at once
K = TypeVar("K")


class Prints:
    """The PDFs that a page may show. Put by one thread, asked by others."""

    def __init__(self, root: Path, out: Path) -> None:
        self._root, self._out = root, out
        self._paths: dict[str, Path] = {}
        self._last: frozenset[str] = frozenset()
        self._files = _Kept[str](MEMORY)
        self._pictures = _Kept[tuple[str, int]](MEMORY)
        self._sizes: dict[str, tuple[tuple[float, float], ...]] = {}

    def put(self, outputs: Iterable[Output]) -> None:
        """What may be shown from now on, beside what was shown until now.

        The bytes are read at once, for a page may still show them when out/ has newer ones.
        """
        shown = {o.sha256: self._root / o.path for o in outputs if o.path.endswith(".pdf")}
        before = {key: path for key, path in self._paths.items() if key in self._last}
        self._paths, self._last = before | shown, frozenset(shown)
        self._sizes = {key: sizes for key, sizes in self._sizes.items() if key in self._paths}
        if len(shown) <= FEW:
            for key in shown:
                self.pdf(key)

    def pdf(self, key: str) -> bytes:
        """The bytes whose hash is `key`; b"" where they are not among those shown, or no more."""
        path = self._paths.get(key)
        return self._files.get(key, lambda: self._read(path, key)) if path else b""

    def sizes(self, key: str) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points."""
        if key not in self._sizes:
            data = self.pdf(key)
            if not data:
                return ()
            self._sizes[key] = page_sizes(data)
        return self._sizes[key]

    def picture(self, key: str, number: int) -> bytes:
        """A page, counted from 1, as PNG; b"" where there is none."""
        if not 1 <= number <= len(self.sizes(key)):
            return b""
        return self._pictures.get((key, number), lambda: draw_page(self.pdf(key), number, WIDTH))

    def _read(self, path: Path, key: str) -> bytes:
        try:
            if not is_inside(path, self._out) or path.stat().st_size > LARGEST:
                return b""
            data = path.read_bytes()
        except OSError:
            return b""
        return data if sha256(data).hexdigest() == key else b""


class _Kept(Generic[K]):
    """Bytes by key, the oldest forgotten beyond `most` bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._size, self._lock = most, 0, Lock()
        self._found: OrderedDict[K, bytes] = OrderedDict()

    def get(self, key: K, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = make()
        if made:
            with self._lock:
                self._size += len(made) - len(self._found.get(key, b""))
                self._found[key] = made
                while self._size > self._most and len(self._found) > 1:
                    self._size -= len(self._found.popitem(last=False)[1])
        return made
