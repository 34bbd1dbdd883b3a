"""A claim of a place may give a point, with how near it is known (docs/adr/0049).

Rows of exports have it in columns that the database works out; of an incident of which readers learn only the district
none may have one.
"""

from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

FURTHER = import_module("incidents.migrations.0022_further_aspects")
GENERAL = import_module("incidents.migrations.0030_places_are_generalised")

BEFORE = (FURTHER.IDENTIFIERS, *FURTHER.ENDS, FURTHER.HAPPENED, FURTHER.DAMAGE)
POINT = (
    "'point_lat', content #> '{places,0,point,lat}', 'point_lon', content #> '{places,0,point,lon}', "
    "'within_m', content #> '{places,0,point,within_m}'"
)
RECORD_OF_GENERAL_PLACE = GENERAL.again(
    GENERAL.RECORD_OF_GENERAL_PLACE,
    (
        "        said := said",
        "        IF num_nonnulls(given.record->>'point_lat', given.record->>'point_lon', given.record->>'within_m') > 0\n"
        "        THEN RETURN 'point_lat'; END IF;\n"
        "        said := said",
    ),
    (",lat,lon,", ",lat,lon,point_lat,point_lon,within_m,"),
)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0028_divisions_have_a_history'),
        ('incidents', '0031_shown_otherwise'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_has_its_aspects_values',
        ),
        migrations.AddField(
            model_name='claim',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=6, help_text='WGS 84', max_digits=8, null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=6, help_text='WGS 84', max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='within_m',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='known to within metres'),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=6, help_text='WGS 84', max_digits=8, null=True),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=6, help_text='WGS 84', max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='within_m',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='known to within metres'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_claimevent" ("actor_id", "aspect", "count_high", "count_low", "created_at", "created_by_id", "damage", "end_reason", "ended_at", "facility_id", "facility_type_id", "group", "id", "incident_id", "judgement", "latitude", "lock_version", "longitude", "occurred", "occurred_edtf", "one_of_actors", "part_of_day", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_precision", "public_id", "rank", "reasoning", "speaker_id", "stance", "superseded_by_id", "time_is_about", "time_of_day", "time_until", "updated_at", "weapon_id", "within_m") VALUES (NEW."actor_id", NEW."aspect", NEW."count_high", NEW."count_low", NEW."created_at", NEW."created_by_id", NEW."damage", NEW."end_reason", NEW."ended_at", NEW."facility_id", NEW."facility_type_id", NEW."group", NEW."id", NEW."incident_id", NEW."judgement", NEW."latitude", NEW."lock_version", NEW."longitude", NEW."occurred", NEW."occurred_edtf", NEW."one_of_actors", NEW."part_of_day", NEW."passage_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."place_precision", NEW."public_id", NEW."rank", NEW."reasoning", NEW."speaker_id", NEW."stance", NEW."superseded_by_id", NEW."time_is_about", NEW."time_of_day", NEW."time_until", NEW."updated_at", NEW."weapon_id", NEW."within_m"); RETURN NULL;', hash='9e7a72beeb972cb147081d4aa39b4e37ce7ebb61', operation='INSERT', pgid='pgtrigger_insert_insert_f1e86', table='incidents_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "incidents_claimevent" ("actor_id", "aspect", "count_high", "count_low", "created_at", "created_by_id", "damage", "end_reason", "ended_at", "facility_id", "facility_type_id", "group", "id", "incident_id", "judgement", "latitude", "lock_version", "longitude", "occurred", "occurred_edtf", "one_of_actors", "part_of_day", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_precision", "public_id", "rank", "reasoning", "speaker_id", "stance", "superseded_by_id", "time_is_about", "time_of_day", "time_until", "updated_at", "weapon_id", "within_m") VALUES (NEW."actor_id", NEW."aspect", NEW."count_high", NEW."count_low", NEW."created_at", NEW."created_by_id", NEW."damage", NEW."end_reason", NEW."ended_at", NEW."facility_id", NEW."facility_type_id", NEW."group", NEW."id", NEW."incident_id", NEW."judgement", NEW."latitude", NEW."lock_version", NEW."longitude", NEW."occurred", NEW."occurred_edtf", NEW."one_of_actors", NEW."part_of_day", NEW."passage_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."place_precision", NEW."public_id", NEW."rank", NEW."reasoning", NEW."speaker_id", NEW."stance", NEW."superseded_by_id", NEW."time_is_about", NEW."time_of_day", NEW."time_until", NEW."updated_at", NEW."weapon_id", NEW."within_m"); RETURN NULL;', hash='ca275d04195db8970a0bec8a612ea6c305bcc9c2', operation='UPDATE', pgid='pgtrigger_update_update_93cc4', table='incidents_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_claimevent" ("actor_id", "aspect", "count_high", "count_low", "created_at", "created_by_id", "damage", "end_reason", "ended_at", "facility_id", "facility_type_id", "group", "id", "incident_id", "judgement", "latitude", "lock_version", "longitude", "occurred", "occurred_edtf", "one_of_actors", "part_of_day", "passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "place_precision", "public_id", "rank", "reasoning", "speaker_id", "stance", "superseded_by_id", "time_is_about", "time_of_day", "time_until", "updated_at", "weapon_id", "within_m") VALUES (OLD."actor_id", OLD."aspect", OLD."count_high", OLD."count_low", OLD."created_at", OLD."created_by_id", OLD."damage", OLD."end_reason", OLD."ended_at", OLD."facility_id", OLD."facility_type_id", OLD."group", OLD."id", OLD."incident_id", OLD."judgement", OLD."latitude", OLD."lock_version", OLD."longitude", OLD."occurred", OLD."occurred_edtf", OLD."one_of_actors", OLD."part_of_day", OLD."passage_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."place_precision", OLD."public_id", OLD."rank", OLD."reasoning", OLD."speaker_id", OLD."stance", OLD."superseded_by_id", OLD."time_is_about", OLD."time_of_day", OLD."time_until", OLD."updated_at", OLD."weapon_id", OLD."within_m"); RETURN NULL;', hash='15c9662ccfabcab7cd5e91e3bdf7e1adbfc80a8c', operation='DELETE', pgid='pgtrigger_delete_delete_45510', table='incidents_claim', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('aspect', 'occurred'), ('actor__isnull', True), ('count_high__isnull', True), ('count_low__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), models.Q(('occurred__isnull', True), _negated=True), models.Q(('occurred_edtf', ''), _negated=True), ('one_of_actors', []), ('place__isnull', True), ('place_precision', ''), ('weapon__isnull', True), ('within_m__isnull', True)), models.Q(('aspect', 'place'), ('actor__isnull', True), ('count_high__isnull', True), ('count_low__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), models.Q(('place__isnull', True), _negated=True), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True)), models.Q(('aspect', 'facility'), ('actor__isnull', True), ('count_high__isnull', True), ('count_low__isnull', True), ('damage', ''), models.Q(('facility__isnull', True), _negated=True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True)), models.Q(('aspect', 'facility_type'), ('actor__isnull', True), ('count_high__isnull', True), ('count_low__isnull', True), ('damage', ''), ('facility__isnull', True), models.Q(('facility_type__isnull', True), _negated=True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True)), models.Q(('aspect', 'actor'), ('count_high__isnull', True), ('count_low__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(models.Q(models.Q(('actor__isnull', True), _negated=True), ('one_of_actors', [])), models.Q(('actor__isnull', True), models.Q(('one_of_actors', []), _negated=True)), _connector='OR')), models.Q(('aspect', 'weapon'), ('actor__isnull', True), ('count_high__isnull', True), ('count_low__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), models.Q(('weapon__isnull', True), _negated=True), ('within_m__isnull', True)), models.Q(('aspect', 'damage'), ('actor__isnull', True), ('count_high__isnull', True), ('count_low__isnull', True), models.Q(('damage', ''), _negated=True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True)), models.Q(('aspect', 'strikes'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(('count_low__isnull', False), ('count_high__isnull', False), _connector='OR')), models.Q(('aspect', 'killed'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), models.Q(('group', ''), _negated=True), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(('count_low__isnull', False), ('count_high__isnull', False), _connector='OR')), models.Q(('aspect', 'injured'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), models.Q(('group', ''), _negated=True), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(('count_low__isnull', False), ('count_high__isnull', False), _connector='OR')), models.Q(('aspect', 'detained'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), models.Q(('group', ''), _negated=True), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(('count_low__isnull', False), ('count_high__isnull', False), _connector='OR')), models.Q(('aspect', 'abducted'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), models.Q(('group', ''), _negated=True), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(('count_low__isnull', False), ('count_high__isnull', False), _connector='OR')), models.Q(('aspect', 'displaced'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), models.Q(('group', ''), _negated=True), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True), models.Q(('count_low__isnull', False), ('count_high__isnull', False), _connector='OR')), models.Q(('aspect', 'looted'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True)), models.Q(('aspect', 'obstructed'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True)), models.Q(('aspect', 'threatened'), ('actor__isnull', True), ('damage', ''), ('facility__isnull', True), ('facility_type__isnull', True), ('group', ''), ('latitude__isnull', True), ('longitude__isnull', True), ('occurred__isnull', True), ('occurred_edtf', ''), ('one_of_actors', []), ('part_of_day', ''), ('place__isnull', True), ('place_precision', ''), ('time_is_about', False), ('time_of_day__isnull', True), ('time_until__isnull', True), ('weapon__isnull', True), ('within_m__isnull', True)), _connector='OR'), name='claim_has_its_aspects_values'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True), ('within_m__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('within_m__isnull', False), ('latitude__range', (-90, 90)), ('longitude__range', (-180, 180)), ('within_m__range', (1, 500000)), ('stance', 'asserts')), _connector='OR'), name='claim_point_is_whole'),
        ),
        migrations.RunSQL(FURTHER.later_columns_said(*BEFORE, POINT), FURTHER.later_columns_said(*BEFORE)),
        migrations.RunSQL(
            [GENERAL.RECORD_DIFFERING.format(safe=GENERAL.SAFE, general=RECORD_OF_GENERAL_PLACE)],
            [GENERAL.RECORD_DIFFERING.format(safe=GENERAL.SAFE, general=GENERAL.RECORD_OF_GENERAL_PLACE)],
        ),
    ]
