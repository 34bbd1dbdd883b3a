"""The claims of an edition as flat rows: `claims.csv`."""

from collections.abc import Iterator
from typing import Any

from incidents.record.flat import in_words

Content = dict[str, Any]


def claim_rows(content: Content, permalink: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each claim of a redacted edition, with the keys of `fields.CLAIMS`."""
    for claim in content["claims"]:
        speaker = claim["speaker"] or {}
        yield {
            **{key: claim[key] or None for key in COPIED},
            "code": content["code"],
            "version": content["version"],
            **value_columns(claim["value"]),
            "speaker": speaker.get("slug"),
            "speaker_name_en": speaker.get("name_en"),
            **passage_columns(content["passages"].get(claim["passage"]) or {}),
            "permalink": permalink,
        }


COPIED = ("id", "aspect", "stance", "rank", "article", "passage", "judgement", "reasoning")
OF_PASSAGE = ("text", "text_sha256", "start", "end", "exact")


def value_columns(value: Content) -> dict[str, Any]:
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


def names_of_several(actors: list[Content]) -> Content:
    return dict(zip(("name_en", "name_ar"), in_words(actors), strict=True))


def passage_columns(passage: Content) -> dict[str, Any]:
    return {key: passage.get(key) for key in OF_PASSAGE}
