"""Editors no longer publish. Whoever could before is a reviewer as well from now on, and nobody publishes their own work.

The group "Editor" may withdraw in an emergency, "Reviewer" may do all that "Editor" could; `load_vocabularies` gives
both what later versions add.
"""

from typing import Any

from django.db import migrations


def divide(apps: Any, schema_editor: Any) -> None:
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    editors = group_model.objects.filter(name="Editor").first()
    publishing = permission_model.objects.filter(content_type__app_label="incidents", codename="add_edition").first()
    if editors is None or publishing is None or not editors.permissions.filter(pk=publishing.pk).exists():
        return
    withdrawing, _ = permission_model.objects.get_or_create(
        content_type=apps.get_model("contenttypes", "ContentType").objects.get(app_label="incidents", model="incident"),
        codename="withdraw_incident",
        defaults={"name": "Can withdraw incident"},
    )
    reviewers, _ = group_model.objects.get_or_create(name="Reviewer")
    reviewers.permissions.add(withdrawing, *editors.permissions.all())
    reviewers.user_set.add(*editors.user_set.all())
    editors.permissions.remove(publishing)
    editors.permissions.add(withdrawing)


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0020_second_pair_of_eyes"),
        ("archive", "0020_fetch_requests"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(divide, migrations.RunPython.noop)]
