"""Sentences that modules can say, read off their code: what is read back must know each."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path


def said_by(*paths: Path, calls: Collection[str], keyword: str = "") -> Iterator[str]:
    """The strings that these modules give to ``calls`` (names, or ends of names, of what is called).

    Of each call the last sentence is taken, or that of ``keyword``; what is filled in is an X, or 7 for a count.
    """
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith(tuple(calls)):
                given = [word.value for word in node.keywords if word.arg == keyword] if keyword else node.args
                ends = given[-1].body if given and isinstance(given[-1], ast.IfExp) else given[-1] if given else None
                said = sentence(ends) if ends is not None else ""
                said = said or next((text for one in reversed(given) if " " in (text := sentence(one))), "")
                if " " in said:
                    yield said


def sentence(node: ast.expr) -> str:
    """A string or f-string as a sentence; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else filled(part) for part in node.values)


def filled(part: ast.expr) -> str:
    said = ast.unparse(part)
    is_number = any(word in said for word in ("status", "count", "largest", "redirects", "seconds", "share", "apart:"))
    return ("7%" if "%" in said else "7") if is_number else "X"
