"""The strings of modules and templates: those that are marked for translation, and those that should be."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

# How many leading arguments of each function are strings, and whether the first of them is a context.
FUNCTIONS = {"gettext": (1, False), "ngettext": (2, False), "pgettext": (2, True), "npgettext": (3, True)}
LETTERS = re.compile(r"[^\W\d_]{2}")
SHOWN_ATTRIBUTE = re.compile(r"\b(?:title|alt|placeholder|aria-label|data-[a-z-]*label)=(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Message:
    """A string for translation: its context and plural are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(slots=True)
class Module:
    """What a module has translated: strings, and the expressions that are only known at run time."""

    messages: list[Message] = field(default_factory=list)
    dynamic: list[str] = field(default_factory=list)


def in_module(path: Path) -> Module:
    """Read the calls of Django's functions, whatever names they were imported by."""
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    found = Module()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and names.get(node.func.id) in FUNCTIONS:
            read_call(found, names[node.func.id], node.args)
    return found


def read_call(found: Module, function: str, arguments: list[ast.expr]) -> None:
    count, _has_context = FUNCTIONS[function]
    strings = [argument.value for argument in arguments[:count] if isinstance(argument, ast.Constant)]
    if len(strings) == count:
        found.messages.append(message(function, strings))
    else:
        found.dynamic.append(ast.unparse(arguments[0]))


def message(function: str, strings: list[str]) -> Message:
    _count, has_context = FUNCTIONS[function]
    context, texts = (strings[0], strings[1:]) if has_context else ("", strings)
    return Message(texts[0], texts[1] if len(texts) > 1 else "", context)


def in_template(path: Path) -> list[Message]:
    """Read the translation tags of a template, as `makemessages` does: Django turns them into calls of gettext."""
    source = templatize(path.read_text(), origin=str(path))
    found = []
    for match in re.finditer(r"\b(n?p?gettext|_)\(", source):
        function = "gettext" if match[1] == "_" else match[1]
        strings = list(leading_strings(source[match.end() :]))[: FUNCTIONS[function][0]]
        found.append(message(function, strings))
    return found


def leading_strings(source: str) -> Iterator[str]:
    """The string literals at the beginning of a list of arguments."""
    pattern = re.compile(r"\s*u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?", re.DOTALL)
    while match := pattern.match(source):
        yield ast.literal_eval(match[1])
        source = source[match.end() :]


def literals(template: str) -> list[str]:
    """Words of a template's own, in its text and in attributes that readers see or hear, that no tag translates."""
    kept, in_translation, in_comment, in_class = [], False, False, False
    for token in Lexer(template).tokenize():
        tag = token.contents.split(maxsplit=1)[0] if token.token_type == TokenType.BLOCK else ""
        in_translation = (in_translation or tag == "blocktranslate") and tag != "endblocktranslate"
        in_comment = (in_comment or tag == "comment") and tag != "endcomment"
        in_class = (in_class or is_class(token.contents, tag)) and tag != "endblock"
        is_text = token.token_type == TokenType.TEXT and not (in_translation or in_comment or in_class)
        kept.append(token.contents if is_text else "" if token.token_type == TokenType.COMMENT else "\x00")
    html = re.sub(r"<(script|style)\b.*?</\1>", "", "".join(kept), flags=re.DOTALL)
    shown = [attribute[1:-1] for attribute in SHOWN_ATTRIBUTE.findall(html)]
    texts = re.split("[<>\x00]", re.sub(r"<[^>]*>", "<>", html))
    return [
        text
        for part in [*texts, *(p for value in shown for p in value.split("\x00"))]
        if LETTERS.search(text := re.sub(r"&\w+;", "", part).strip(" \n·.,:;()–—"))
    ]


def is_class(contents: str, tag: str) -> bool:
    """Whether a block holds the value of a `class`, by its name."""
    return tag == "block" and contents.endswith("_class")
