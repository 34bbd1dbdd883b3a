"""The claims of an edition as flat rows: `claims.csv`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from incidents.record.cited_parts import Value
from incidents.record.flat import in_words, point_columns
from incidents.record.parts import TermNames
from incidents.record.whole import IncidentRecord


def claim_rows(content: IncidentRecord, permalink: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each claim of a redacted edition, with the keys of `fields.CLAIMS`."""
    for claim in content["claims"]:
        speaker: Mapping[str, Any] = claim["speaker"] or {}
        yield {
            "id": claim["id"],
            "aspect": claim["aspect"],
            "stance": claim["stance"],
            "rank": claim["rank"],
            "article": claim["article"] or None,
            "passage": claim["passage"] or None,
            "judgement": claim["judgement"] or None,
            "reasoning": claim["reasoning"] or None,
            "code": content["code"],
            "version": content["version"],
            **value_columns(claim["value"]),
            "speaker": speaker.get("slug"),
            "speaker_name_en": speaker.get("name_en"),
            **passage_columns(content["passages"].get(claim["passage"] or "") or {}),
            "permalink": permalink,
            "damage": claim["value"].get("damage"),
            "time_to": claim["value"].get("time_to"),
            "time_about": claim["value"].get("time_about"),
            **point_columns(claim["value"].get("point") or {}),
        }


OF_PASSAGE = ("text", "text_sha256", "start", "end", "exact")


def value_columns(value: Value) -> dict[str, Any]:
    return {
        "occurred_edtf": value.get("edtf"),
        "occurred_from": value.get("from"),
        "occurred_to": value.get("to"),
        "part_of_day": value.get("part_of_day") or None,
        "time": value.get("time"),
        "place_pcode": value.get("pcode"),
        "place_precision": value.get("precision"),
        "facility_id": value.get("id"),
        "term": value.get("slug") or " | ".join(actor["slug"] for actor in value.get("one_of") or []) or None,
        "name_en": value.get("name_en"),
        "name_ar": value.get("name_ar") or None,
        **(names_of_several(value["one_of"]) if "one_of" in value else {}),
        "count_low": value.get("low"),
        "count_high": value.get("high"),
        "count_group": value.get("group"),
    }


def names_of_several(actors: Iterable[TermNames]) -> dict[str, str]:
    return dict(zip(("name_en", "name_ar"), in_words(actors), strict=True))


def passage_columns(passage: Mapping[str, Any]) -> dict[str, Any]:
    return {key: passage.get(key) for key in OF_PASSAGE}
