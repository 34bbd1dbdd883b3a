"""Where captures lie, as the environment says."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.depot.configuration import BUCKET, FOLDER, configuration

DEFAULT = Path("/srv/captures")
BUCKETED = {"CAPTURES_S3_BUCKET": "copies"}


def test_folder_by_default_or_as_given() -> None:
    assert configuration({}, folder=DEFAULT) == {"BACKEND": FOLDER, "OPTIONS": {"location": "/srv/captures"}}
    assert configuration({"CAPTURES_DIR": "/mnt/x "}, folder=DEFAULT)["OPTIONS"] == {"location": "/mnt/x"}


def test_bucket_with_secrets_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    entry = configuration(
        {
            **BUCKETED,
            "CAPTURES_S3_ENDPOINT": "https://store.example",
            "CAPTURES_S3_KEY": "key",
            "CAPTURES_S3_SECRET_FILE": str(tmp_path / "secret"),
        },
        folder=DEFAULT,
    )

    assert entry["BACKEND"] == BUCKET
    assert (entry["OPTIONS"]["access_key"], entry["OPTIONS"]["secret_key"]) == ("key", "s3cret")
    assert entry["OPTIONS"]["endpoint_url"] == "https://store.example"
    assert entry["OPTIONS"]["lock"] == ""


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"CAPTURES_DIR": "captures"}, "a whole path"),
        ({**BUCKETED, "CAPTURES_DIR": "/srv/x"}, "not both"),
        ({**BUCKETED, "CAPTURES_S3_LOCK": "compliance"}, "both or neither"),
        ({**BUCKETED, "CAPTURES_S3_LOCK_DAYS": "30"}, "both or neither"),
        ({**BUCKETED, "CAPTURES_S3_LOCK": "strict", "CAPTURES_S3_LOCK_DAYS": "30"}, "governance or compliance"),
        ({**BUCKETED, "CAPTURES_S3_LOCK": "compliance", "CAPTURES_S3_LOCK_DAYS": "-1"}, "a number of days"),
        ({**BUCKETED, "CAPTURES_S3_SECRET_FILE": "/nowhere/at/all"}, "CAPTURES_S3_SECRET_FILE cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused(environment: dict[str, str], says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        configuration(environment, folder=DEFAULT)
