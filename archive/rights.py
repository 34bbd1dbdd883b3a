"""What the application's role may do with each table; `migrate` grants exactly this (`archive.roles`).

A new table stands in the ``TABLES`` of its application's `rights` module (`incidents/rights.py` has those of
incidents); one that does not gets no right at all, and a test says so. The tables of django-pghistory's events need no
line: rows are added to them, and that is all that can ever be done.
"""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

READ = ("SELECT",)
ADD = ("SELECT", "INSERT")  # append-only: what is written stays
LINK = ("SELECT", "INSERT", "DELETE")  # rows that join two others, or are dropped when they are old
REVISE = ("SELECT", "INSERT", "UPDATE")  # never deleted
CHANGE = ("SELECT", "INSERT", "UPDATE", "DELETE")

TABLES = {
    "archive_abouttext": REVISE,
    "archive_accesssettings": REVISE,
    "archive_alert": CHANGE,  # forgotten when it ends
    "archive_article": REVISE,
    "archive_articleassignment": LINK,
    "archive_articlekey": CHANGE,
    "archive_articlereading": ADD,
    "archive_articlerow": REVISE,
    "archive_articletag": LINK,
    "archive_backup": ADD,
    "archive_capture": ADD,
    "archive_capturebytes": ADD,
    "archive_change": LINK,
    "archive_citation": CHANGE,
    "archive_custodyevent": ADD,
    "archive_fetchrequest": REVISE,
    "archive_foundagain": ADD,
    "archive_foundset": CHANGE,
    "archive_foundverdict": ADD,
    "archive_gazetteerfile": REVISE,
    "archive_manifest": ADD,
    "archive_mention": ADD,
    "archive_nearcopy": ADD,
    "archive_passage": ADD,
    "archive_place": REVISE,
    "archive_placelabel": CHANGE,
    "archive_placename": CHANGE,
    "archive_proposedspelling": REVISE,
    "archive_releasedwords": ADD,
    "archive_remade": REVISE,
    "archive_reportedwords": LINK,  # taken away when they endanger somebody
    "archive_reportederror": REVISE,
    "archive_reporteraddress": LINK,  # forgotten after a while
    "archive_sentform": LINK,  # forgotten after an hour
    "archive_source": CHANGE,
    "archive_stamp": REVISE,
    "archive_textchoice": ADD,
    "archive_textjudgement": ADD,
    "archive_textsketch": LINK,  # made again when the rules change
    "archive_textversion": ADD,
    "archive_timestamp": ADD,
    "archive_user": REVISE,
    "archive_user_groups": LINK,
    "archive_user_user_permissions": LINK,
    "archive_verification": ADD,
    "archive_withheldwords": ADD,
    # of others
    "auth_group": CHANGE,
    "auth_group_permissions": LINK,
    "auth_permission": CHANGE,
    "axes_accessattempt": CHANGE,
    "axes_accessattemptexpiration": CHANGE,
    "axes_accessfailurelog": CHANGE,
    "axes_accesslog": CHANGE,
    "django_admin_log": ADD,
    "django_content_type": CHANGE,
    "django_migrations": READ,
    "django_session": CHANGE,
    "django_tasks_database_dbtaskresult": CHANGE,  # the queue; what is done is pruned
    "otp_static_staticdevice": CHANGE,
    "otp_static_statictoken": CHANGE,
    "otp_totp_totpdevice": CHANGE,
    "pghistory_context": ADD,
}


def declared() -> dict[str, tuple[str, ...]]:
    """Return the privileges of every table by its name."""
    tables: dict[str, tuple[str, ...]] = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "rights"):
            tables |= import_module(f"{config.name}.rights").TABLES
    events = (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model"))
    return tables | {model._meta.db_table: ADD for model in events}
