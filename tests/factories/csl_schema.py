"""The rules of CSL-JSON (csl-data.json 1.0) for the variables that we write, put in our own words as a JSON schema."""

TYPES = [
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "manuscript", "map",
    "personal_communication", "post", "post-weblog", "report", "review", "software", "speech", "standard", "thesis",
    "webpage",
]  # fmt: skip
TEXT = {"type": "string"}
TEXTS = ("title", "container-title", "publisher", "URL", "archive", "archive_location", "language", "note")
NUMBER = {"type": ["string", "number"]}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": NUMBER},
        },
        "literal": TEXT,
        "raw": TEXT,
        "circa": {"type": ["string", "number", "boolean"]},
        "season": NUMBER,
    },
}
NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"family": TEXT, "given": TEXT, "literal": TEXT, "suffix": TEXT, "non-dropping-particle": TEXT},
    },
}
CSL_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": NUMBER,
            "type": {"enum": TYPES},
            "author": NAMES,
            "issued": DATE,
            "accessed": DATE,
            "version": TEXT,
            **dict.fromkeys(TEXTS, TEXT),
        },
    },
}  # fmt: skip
