"""That readers see an incident otherwise, without a new edition, is an event, and its row says so to those who follow."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("incidents.migrations.0030_places_are_generalised")
ACTIONS = ["created", "submitted", "sent_back", "published", "withdrawn", "restored", "merged", "split"]
NOW = [*ACTIONS, "shown_otherwise"]
RESTORED = "v.action = 'restored'"


def shown(action: str) -> tuple[str, str]:
    return action, action.replace("_", " ")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0030_places_are_generalised")]

    operations = [
        migrations.RemoveConstraint(model_name="editorialevent", name="editorial_event_action_known"),
        migrations.AlterField(
            model_name="editorialevent",
            name="action",
            field=models.CharField(choices=[shown(action) for action in NOW], max_length=20),
        ),
        migrations.AlterField(
            model_name="publishedincident",
            name="changed_at",
            field=models.DateTimeField(help_text="published, withdrawn, merged or shown otherwise at"),
        ),
        migrations.AddConstraint(
            model_name="editorialevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__in", NOW)), name="editorial_event_action_known"
            ),
        ),
        migrations.RunSQL(
            [BEFORE.again(BEFORE.ROW_DIFFERING, (RESTORED, "v.action IN ('restored', 'shown_otherwise')"))],
            [BEFORE.ROW_DIFFERING],
        ),
    ]
