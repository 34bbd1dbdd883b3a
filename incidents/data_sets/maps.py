"""Maps: which column of a data set says what. `docs/data-sets.md` explains the format to people. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.points import MOST_METRES
from archive.readers.mapping import MappingError, read_toml
from archive.readers.opening import anchored
from archive.terms import LEVELS, values
from incidents.terms import COUNTED, HAPPENED, NUMBERED, Aspect, Damage, Group, Precision, Scope

NAMED = (Aspect.ACTOR, Aspect.WEAPON, Aspect.FACILITY_TYPE)  # aspects whose values are terms of a vocabulary
ASPECTS = (*NAMED, *NUMBERED, Aspect.DAMAGE)
ALL, ONE_OF = "&", "|"  # between several terms: all of them, one of them (actors only)
ABOUT = (
    "name",
    "scheme",
    "scheme_name",
    "language",
    "identifier",
    "identifier_is_number",
    "working_title",
    "scope",
    "nothing",
)
FARTHEST = 25.0  # kilometres, unless a map says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class DateColumn:
    """The column of the day, the forms of its dates (of `strptime`, or ``edtf``), and the column of the last day."""

    column: str
    formats: tuple[str, ...]
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceColumns:
    """The columns that say where: a P-code, or a point in degrees with how exact it is, or the name of an area.

    ``within`` is the column of how many metres the point is known to, ``metres`` what a value of ``precision`` says of
    that; where neither says it, the claim has no point. ``levels`` says what a value of ``precision`` means: a level
    and, or not, a `Precision`. ``areas`` are P-codes by name. A point further than ``farthest`` kilometres from every
    place is none.
    """

    pcode: str = ""
    lat: str = ""
    lon: str = ""
    precision: str = ""
    area: str = ""
    within: str = ""
    farthest: float = FARTHEST
    metres: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in (self.pcode, self.area, self.lat, self.lon, self.precision, self.within) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimColumn:
    """A column that says something of one aspect.

    ``value`` is what any number but 0, or “true”, means; ``values`` what a cell means, "" that it says nothing. The
    ``group`` is that of numbers of people. A number is how many, unless ``is_counted`` is false: then that it happened.
    """

    aspect: str
    column: str
    value: str = ""
    group: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    is_counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMap:
    """``name`` is that of the source, ``scheme`` the short name under which identifiers are kept.

    ``identifier`` are the columns whose cells name a row; without any, the words of the row do. ``nothing`` are cells
    that say nothing, folded.
    """

    name: str
    scheme: str
    scheme_name: str = ""
    language: str = ""
    identifier: tuple[str, ...] = ()
    identifier_is_number: bool = False
    working_title: str = ""
    scope: str = Scope.ATTACK
    nothing: frozenset[str] = frozenset()
    date: DateColumn | None = None
    place: PlaceColumns | None = None
    claims: tuple[ClaimColumn, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the map names, once."""
        named = [*self.identifier, self.working_title, *(claim.column for claim in self.claims)]
        named += [self.date.column, self.date.until] if self.date else []
        named += self.place.columns if self.place else ()
        return tuple(dict.fromkeys(name for name in named if name))

    def terms(self) -> Iterator[tuple[str, str]]:
        """Every term that the map names, with its aspect."""
        for claim in self.claims:
            if claim.aspect in NAMED:
                for said in (claim.value, *claim.values.values()):
                    yield from ((claim.aspect, slug) for group in terms_in(said) for slug in group)


def terms_in(said: str) -> list[tuple[str, ...]]:
    """``a & b | c`` → ``[("a",), ("b", "c")]``: each of these, of several one; nothing for an empty text."""
    groups = (tuple(part.strip() for part in group.split(ONE_OF) if part.strip()) for group in said.split(ALL))
    return [group for group in dict.fromkeys(groups) if group]


def read_data_map(path: Path) -> DataMap:
    """Read a map. Raises `MappingError`, which names the table and the key."""
    content = read_toml(anchored(path))
    table = Table(path.name, "the map", content)
    table.know("data_set", "date", "place", "claims")
    about = table.inner("data_set", needed=True)
    about.know(*ABOUT)
    data_map = DataMap(
        name=about.text("name", needed=True),
        scheme=about.text("scheme", needed=True),
        scheme_name=about.text("scheme_name"),
        language=about.text("language"),
        identifier=about.texts("identifier"),
        identifier_is_number=about.truth("identifier_is_number"),
        working_title=about.text("working_title"),
        scope=about.term("scope", values(Scope)) or Scope.ATTACK,
        nothing=frozenset(text.strip().casefold() for text in ("", *about.texts("nothing"))),
        date=date_column(table.inner("date")) if "date" in content else None,
        place=place_columns(table.inner("place")) if "place" in content else None,
        claims=tuple(claim_column(inner) for inner in table.several("claims")),
    )
    if not (data_map.date or data_map.place or data_map.claims):
        raise MappingError(f"{path.name}: it says of no column what it means; add [date], [place] or [[claims]]")
    return data_map


def date_column(table: "Table") -> DateColumn:
    table.know("column", "formats", "until")
    formats = table.texts("formats")
    if not formats:
        raise table.wrong("formats", "say how dates are written, such as ['%Y-%m-%d']")
    if odd := next((one for one in formats if one != "edtf" and "%Y" not in one and "%y" not in one), None):
        raise table.wrong("formats", f"“{odd}” has no year (%Y); write 'edtf' for dates like 2016-05")
    return DateColumn(column=table.text("column", needed=True), formats=formats, until=table.text("until"))


def place_columns(table: "Table") -> PlaceColumns:
    table.know("pcode", "lat", "lon", "precision", "within", "area", "farthest", "levels", "metres", "areas")
    pcode, lat, lon, area = (table.text(name) for name in ("pcode", "lat", "lon", "area"))
    if bool(lat) != bool(lon) or not (pcode or lat or area):
        raise table.wrong("lat", "name the columns lat and lon, or pcode, or area")
    farthest = table.content.get("farthest", FARTHEST)
    if isinstance(farthest, bool) or not isinstance(farthest, int | float) or not 0 < farthest <= 1000:
        raise table.wrong("farthest", "write kilometres, from 1 to 1000")
    within, metres = table.text("within"), table.numbers("metres", most=MOST_METRES)
    if (within or metres) and not lat:
        raise table.wrong("within" if within else "metres", "only a point is known to within metres: name lat and lon")
    if metres and not table.text("precision"):
        raise table.wrong("metres", "name the column precision, whose values these are")
    levels = {cell: level_and_precision(table, said) for cell, said in table.pairs("levels").items()}
    return PlaceColumns(
        pcode=pcode,
        lat=lat,
        lon=lon,
        area=area,
        precision=table.text("precision"),
        within=within,
        metres=metres,
        farthest=float(farthest),
        levels=levels,
        areas=table.pairs("areas"),
    )


def level_and_precision(table: "Table", said: str) -> tuple[int, str]:
    level, _, precision = said.partition(" ")
    if level not in LEVELS or precision not in ("", *values(Precision)):
        known = f"{', '.join(LEVELS)}, with {', '.join(values(Precision))} or nothing behind it"
        raise table.wrong("levels", f"“{said}” is none of {known}")
    return LEVELS.index(level), precision


def claim_column(table: "Table") -> ClaimColumn:
    table.know("aspect", "column", "value", "group", "values", "counted")
    aspect = table.term("aspect", tuple(map(str, ASPECTS)), needed=True)
    value, group, meanings = table.text("value"), table.text("group"), table.pairs("values")
    if aspect in COUNTED:
        group = table.term("group", values(Group), needed=True)
    elif group:
        raise table.wrong("group", f"“{aspect}” has none")
    if value and meanings:
        raise table.wrong("value", "give value or values, not both")
    if aspect == Aspect.DAMAGE:
        if odd := next((one for one in (value, *meanings.values()) if one not in ("", *values(Damage))), None):
            raise table.wrong("values", f"“{odd}” is none of {', '.join(values(Damage))}")
        if not value and not meanings:
            raise table.wrong("value", "say what the column means")
    elif aspect not in NAMED and (value or meanings):
        raise table.wrong("values", f"“{aspect}” is read as a number")
    if aspect != Aspect.ACTOR and any(ONE_OF in said for said in (value, *meanings.values())):
        raise table.wrong("values", f"only of actors it can be said that it was one of several ({ONE_OF})")
    return ClaimColumn(
        aspect=aspect,
        column=table.text("column", needed=True),
        value=value,
        group=group,
        values={cell.strip(): said for cell, said in meanings.items()},
        is_counted=aspect not in HAPPENED or table.truth("counted", otherwise=True),
    )


class Table:
    """A table of a map, read key by key; what is wrong is a `MappingError` that names file, table and key."""

    def __init__(self, file: str, name: str, content: Any) -> None:
        self.file, self.name = file, name
        if not isinstance(content, dict):
            raise MappingError(f"{file}: {name} has to be a table")
        self.content: Mapping[str, Any] = content

    def wrong(self, key: str, why: str) -> MappingError:
        return MappingError(f"{self.file}: {self.name}, {key}: {why}")

    def know(self, *names: str) -> None:
        if unknown := sorted(set(self.content) - set(names)):
            raise self.wrong(unknown[0], f"there is no such key; there are {', '.join(names)}")

    def inner(self, key: str, *, needed: bool = False) -> "Table":
        if needed and key not in self.content:
            raise MappingError(f"{self.file}: [{key}] is missing")
        return Table(self.file, f"[{key}]", self.content[key])

    def several(self, key: str) -> list["Table"]:
        found = self.content.get(key, [])
        if not isinstance(found, list):
            raise MappingError(f"{self.file}: write [[{key}]]")
        return [Table(self.file, f"[[{key}]] {number}", one) for number, one in enumerate(found, 1)]

    def text(self, key: str, *, needed: bool = False) -> str:
        found = self.content.get(key, "")
        if not isinstance(found, str) or (needed and not found.strip()):
            raise self.wrong(key, "a text is needed")
        return found.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.content.get(key, [])
        found = [found] if isinstance(found, str) else found
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(key, "a text is needed, or several in brackets")
        return tuple(found)

    def pairs(self, key: str) -> dict[str, str]:
        found = self.content.get(key, {})
        if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
            raise self.wrong(key, "a table of texts is needed")
        return {cell.strip(): said.strip() for cell, said in found.items()}

    def numbers(self, key: str, *, most: int) -> dict[str, int]:
        found = self.content.get(key, {})
        if not isinstance(found, dict) or not all(type(one) is int and 0 < one <= most for one in found.values()):
            raise self.wrong(key, f"a table of whole numbers from 1 to {most} is needed")
        return {cell.strip(): number for cell, number in found.items()}

    def truth(self, key: str, *, otherwise: bool = False) -> bool:
        found = self.content.get(key, otherwise)
        if not isinstance(found, bool):
            raise self.wrong(key, "write true or false")
        return found

    def term(self, key: str, known: tuple[str, ...] | list[str], *, needed: bool = False) -> str:
        found = self.text(key, needed=needed)
        if found and found not in known:
            raise self.wrong(key, f"“{found}” is none of {', '.join(known)}")
        return found
