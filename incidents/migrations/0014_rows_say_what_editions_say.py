"""What readers' rows must say, worked out by the database from the newest edition and what readers may see of it today.

The rules are those of `incidents.record.flat`, `incidents.curation.published_rows`, `incidents.curation.passage_citations` and
`archive.dates.certainty`: services that write something else are refused, so no test passes where they differ. Rows that
are there are not compared: `manage.py refresh_rows --check` does that. A new column that follows from an edition
is added to its function here, by `CREATE OR REPLACE FUNCTION` in a migration of its own.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

SAFE = "SET search_path = pg_catalog, public, pg_temp"

# The margins of what is approximate, either way; NULL is an open end, and an end that no date of the calendar names.
EDTF_POSSIBLE = f"""
CREATE FUNCTION edtf_possible(edtf text) RETURNS daterange LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE {SAFE} AS $$
DECLARE
    ends text[] := ARRAY[split_part(edtf, '/', 1), regexp_replace(edtf, '^.*/', '')];
    days daterange[] := ARRAY[edtf_days(ends[1]), edtf_days(ends[2])];
    margins int[];
    first date;
    after_last date;
BEGIN
    FOR i IN 1..2 LOOP
        margins[i] := CASE WHEN ends[i] !~ '[~%]$' THEN 0 ELSE COALESCE(upper(days[i]), '10000-01-01') - lower(days[i]) END;
        margins[i] := CASE margins[i] WHEN 0 THEN 0 WHEN 1 THEN 2 ELSE (margins[i] + 1) / 2 END;
    END LOOP;
    first := greatest(lower(days[1]) - margins[1], CASE WHEN NOT lower_inf(days[1]) THEN '0001-01-01'::date END);
    after_last := upper(days[2]) + margins[2];
    RETURN daterange(first, CASE WHEN after_last < '10000-01-01' THEN after_last END);
END $$
"""
# The names of what is said and not given so; NULL where all is. Lists of ``unordered`` are sets.
DIFFERING = f"""
CREATE FUNCTION differing(given jsonb, said jsonb, unordered text[]) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE {SAFE} AS $$
    SELECT string_agg(key, ', ' ORDER BY key) FROM jsonb_each(said) WHERE given->key IS DISTINCT FROM value AND NOT (
        key = ANY (unordered) AND CASE WHEN jsonb_typeof(given->key) = 'array'
        THEN jsonb_array_length(given->key) = jsonb_array_length(value) AND given->key @> value AND value @> (given->key)
        ELSE false END)
$$
"""
# ``|| '{{}}'`` unpacks the content once, where each reading of it would.
NEWEST_CONTENT = f"""
CREATE FUNCTION newest_content(incident bigint) RETURNS jsonb LANGUAGE sql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
    SELECT e.content || '{{}}' FROM incidents_edition e WHERE e.incident_id = incident ORDER BY e.number DESC LIMIT 1
$$
"""
PUBLIC_ARTICLES = f"""
CREATE FUNCTION public_articles(content jsonb) RETURNS jsonb LANGUAGE sql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
    SELECT COALESCE(jsonb_agg(a.public_id), '[]') FROM archive_article a
    WHERE a.visibility = 'public' AND a.public_id IN (SELECT jsonb_object_keys(content->'articles'))
$$
"""
ONE_OF_WORDS = f"""
CREATE FUNCTION one_of_words(content jsonb, word text, name text, other text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE {SAFE} AS $$
    SELECT COALESCE(jsonb_agg(
        CASE WHEN word = 'or'
        THEN concat_ws(' or ', NULLIF(array_to_string(trim_array(names, 1), ', '), ''), names[cardinality(names)])
        ELSE array_to_string(names, ' ' || word || ' ') END ORDER BY place), '[]')
    FROM (
        SELECT o.place, array_agg(COALESCE(NULLIF(a.actor->>name, ''), a.actor->>other) ORDER BY a.place) AS names
        FROM jsonb_array_elements(COALESCE(content->'actors_one_of', '[]')) WITH ORDINALITY o (one, place),
            jsonb_array_elements(o.one->'actors') WITH ORDINALITY a (actor, place)
        GROUP BY o.place
    ) several
$$
"""
RECORD_SAID = f"""
CREATE FUNCTION record_said(content jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
DECLARE
    edtf text := content #>> '{{occurred,edtf}}';
    days daterange := edtf_possible(NULLIF(edtf, ''));
    place jsonb := NULLIF(content #> '{{places,0}}', 'null');
    admin1 jsonb := COALESCE(
        jsonb_path_query_first(place, '$.ancestors[*] ? (@.level == "governorate")'),
        CASE WHEN place->>'level' = 'governorate' THEN place END);
    alone jsonb := jsonb_path_query_array(content, '$.actors[*] ? (@.asserted == true)');
BEGIN
    RETURN jsonb_build_object(
        'code', content->'code', 'version', content->'version', 'scope', content->'scope',
        'published_at', content->'published_at', 'title_en', content->'title_en', 'title_ar', content->'title_ar',
        'permalink', format('/incidents/%s/v%s/', content->>'code', content->>'version'),
        'occurred_edtf', edtf,
        'occurred_from', content #> '{{occurred,from}}',
        'occurred_to', content #> '{{occurred,to}}',
        'date_precision', content #> '{{occurred,precision}}',
        'part_of_day', NULLIF(content #>> '{{occurred,part_of_day}}', ''),
        'date_contested', COALESCE(content #>> '{{occurred,contested}}', 'false')::boolean,
        'possible_from', lower(days),
        'possible_to', CASE WHEN upper_inf(days) AND edtf !~ '\\.\\.$' THEN '9999-12-31' ELSE upper(days) - 1 END,
        'date_certain', COALESCE(edtf <> '' AND edtf !~ '[?~%]', false)
    ) || jsonb_build_object(
        'place_pcode', place->'pcode', 'place_name_en', place->'name_en', 'place_name_ar', place->'name_ar',
        'place_label_en', CASE WHEN place IS NOT NULL THEN
            COALESCE(NULLIF(place->>'label_en', ''), place->>'name_en', '') END,
        'place_label_ar', CASE WHEN place IS NOT NULL THEN
            COALESCE(NULLIF(place->>'label_ar', ''), place->>'name_ar', '') END,
        'place_precision', CASE place->>'precision' WHEN 'near' THEN 'near ' WHEN 'part' THEN 'part of ' ELSE '' END
            || (place->>'level'),
        'lat', place->'lat', 'lon', place->'lon',
        'admin1_pcode', admin1->'pcode', 'admin1_name_en', admin1->'name_en', 'admin1_name_ar', admin1->'name_ar',
        'facility_types', jsonb_path_query_array(content, '$.facility_types[*].slug'),
        'facility_type_names_en', jsonb_path_query_array(content, '$.facility_types[*].name_en'),
        'facility_type_names_ar', jsonb_path_query_array(content, '$.facility_types[*].name_ar'),
        'facilities', jsonb_path_query_array(content, '$.facilities[*].name_en'),
        'facilities_ar', jsonb_path_query_array(content, '$.facilities[*].name_ar'),
        'facility_ids', jsonb_path_query_array(content, '$.facilities[*].id'),
        'weapons', jsonb_path_query_array(content, '$.weapons[*].slug'),
        'weapon_names_en', jsonb_path_query_array(content, '$.weapons[*].name_en'),
        'weapon_names_ar', jsonb_path_query_array(content, '$.weapons[*].name_ar')
    ) || jsonb_build_object(
        'actors', jsonb_path_query_array(alone, '$[*].slug'),
        'actors_disputed', jsonb_path_query_array(alone, '$[*] ? (@.disputed == true).slug'),
        'actor_names_en', jsonb_path_query_array(alone, '$[*].name_en'),
        'actor_names_ar', jsonb_path_query_array(alone, '$[*].name_ar'),
        'actors_possible', (
            SELECT COALESCE(jsonb_agg(DISTINCT slug), '[]')
            FROM jsonb_path_query(content, 'lax $.actors_one_of[*].actors[*].slug') slug
            WHERE NOT jsonb_path_query_array(alone, '$[*].slug') @> slug),
        'actors_one_of_en', one_of_words(content, 'or', 'name_en', 'name_ar'),
        'actors_one_of_ar', one_of_words(content, 'أو', 'name_ar', 'name_en'),
        'killed_low', content #> '{{killed,low}}', 'killed_high', content #> '{{killed,high}}',
        'killed_best', content #> '{{killed,best}}',
        'killed_contested', COALESCE(content #>> '{{killed,contested}}', 'false')::boolean,
        'injured_low', content #> '{{injured,low}}', 'injured_high', content #> '{{injured,high}}',
        'injured_best', content #> '{{injured,best}}',
        'injured_contested', COALESCE(content #>> '{{injured,contested}}', 'false')::boolean,
        'sources', (SELECT COALESCE(jsonb_agg(DISTINCT slug), '[]')
                    FROM jsonb_path_query(content, 'lax $.articles.*.source.slug') slug),
        'articles', public_articles(content)
    );
END $$
"""
RECORD_DIFFERING = f"""
CREATE FUNCTION record_differing(given incidents_publishedrecord) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE {SAFE} AS $$
DECLARE content jsonb := newest_content(given.incident_id);
BEGIN
    IF content IS NULL THEN RETURN 'there is none'; END IF;
    RETURN differing(given.record, record_said(content), '{{articles,sources,actors_possible}}');
END $$
"""
# A place or an actor, and all above it; what is gone from a vocabulary is left out.
ACTORS_SAID = f"""
CREATE FUNCTION actors_said(content jsonb) RETURNS jsonb LANGUAGE sql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
    WITH alone AS (
        SELECT x.actor->>'disputed' = 'true' AS disputed, a.ancestors || a.id AS branch
        FROM jsonb_array_elements(content->'actors') x (actor) JOIN incidents_actor a ON a.slug = x.actor->>'slug'
        WHERE x.actor->>'asserted' = 'true'
    ), several AS (
        SELECT o.place, jsonb_array_length(o.one->'actors') AS size, x.actor->>'disputed' = 'true' AS disputed,
            a.ancestors || a.id AS branch
        FROM jsonb_array_elements(COALESCE(content->'actors_one_of', '[]')) WITH ORDINALITY o (one, place),
            jsonb_array_elements(o.one->'actors') x (actor) JOIN incidents_actor a ON a.slug = x.actor->>'slug'
    ), certain AS (
        SELECT unnest(branch) AS id FROM alone
        UNION SELECT id FROM several, unnest(branch) id GROUP BY place, size, id HAVING count(*) = size
    ), disputed AS (
        SELECT DISTINCT unnest(branch) AS id FROM alone WHERE disputed
    )
    SELECT jsonb_build_object(
        'actor_ids', (SELECT COALESCE(jsonb_agg(id), '[]') FROM certain),
        'actor_disputed_ids', (SELECT COALESCE(jsonb_agg(id), '[]') FROM disputed),
        'actor_possible_ids', (SELECT COALESCE(jsonb_agg(DISTINCT id), '[]') FROM several, unnest(branch) id
            WHERE id NOT IN (SELECT id FROM certain)),
        'actor_possible_disputed_ids', (SELECT COALESCE(jsonb_agg(DISTINCT id), '[]') FROM several, unnest(branch) id
            WHERE disputed AND id NOT IN (SELECT id FROM disputed)),
        'most_alternatives', COALESCE((SELECT max(jsonb_array_length(one))
            FROM jsonb_path_query(content, 'lax $.actors_one_of[*].actors') one), 0))
$$
"""
ROW_SAID = f"""
CREATE FUNCTION row_said(content jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
DECLARE
    edtf text := COALESCE(content #>> '{{occurred,edtf}}', '');
    first date := content #>> '{{occurred,from}}';
    last date := NULLIF(content #>> '{{occurred,to}}', '9999-12-31');
    place jsonb := NULLIF(content #> '{{places,0}}', 'null');
    days daterange := daterange(first, last, '[]');
BEGIN
    RETURN jsonb_build_object(
        'code', content->'code', 'version', content->'version', 'scope', content->'scope',
        'title_en', content->'title_en', 'title_ar', content->'title_ar',
        'occurred_edtf', edtf, 'occurred', days, 'lower', first, 'upper', last,
        'possible', CASE WHEN edtf = '' THEN days ELSE edtf_possible(edtf) END,
        'certain', CASE WHEN edtf <> '' AND edtf !~ '[?~%]' THEN days END,
        'sort_on', COALESCE(first, '0001-01-01'),
        'place_precision', COALESCE(place->>'precision', ''), 'lat', place->'lat', 'lon', place->'lon',
        'place_ids', (SELECT COALESCE(jsonb_agg(DISTINCT unit.id), '[]')
            FROM jsonb_path_query(content, '$.places[*].pcode') x (pcode)
            JOIN archive_place p ON p.pcode = x.pcode #>> '{{}}', unnest(p.ancestors || p.id) unit (id)),
        'primary_place_id', (SELECT p.id FROM jsonb_array_elements(content->'places') WITH ORDINALITY x (place, number)
            JOIN archive_place p ON p.pcode = x.place->>'pcode' ORDER BY x.number LIMIT 1),
        'facility_ids', (SELECT COALESCE(jsonb_agg(DISTINCT f.id), '[]')
            FROM jsonb_path_query(content, '$.facilities[*].id') x (name)
            JOIN incidents_facility f ON f.public_id = x.name #>> '{{}}'),
        'facility_type_ids', (SELECT COALESCE(jsonb_agg(DISTINCT t.id), '[]')
            FROM jsonb_path_query(content, '$.facility_types[*].slug') x (name)
            JOIN incidents_facilitytype t ON t.slug = x.name #>> '{{}}'),
        'weapon_ids', (SELECT COALESCE(jsonb_agg(DISTINCT w.id), '[]')
            FROM jsonb_path_query(content, '$.weapons[*].slug') x (name)
            JOIN incidents_weapon w ON w.slug = x.name #>> '{{}}'),
        'source_ids', (SELECT COALESCE(jsonb_agg(DISTINCT s.id), '[]')
            FROM jsonb_path_query(content, 'lax $.articles.*.source.slug') x (name)
            JOIN archive_source s ON s.slug = x.name #>> '{{}}'),
        'article_count', jsonb_array_length(public_articles(content)),
        'killed_low', content #> '{{killed,low}}', 'killed_high', content #> '{{killed,high}}',
        'injured_low', content #> '{{injured,low}}', 'injured_high', content #> '{{injured,high}}'
    ) || actors_said(content);
END $$
"""
# No setting of the session rounds what is compared.
ROW_DIFFERING = f"""
CREATE FUNCTION row_differing(given incidents_publishedincident) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE {SAFE} SET extra_float_digits = 1 SET "TimeZone" = 'UTC' AS $$
DECLARE
    content jsonb := newest_content(given.incident_id);
    said jsonb;
BEGIN
    IF content IS NULL THEN RETURN 'there is none'; END IF;
    SELECT jsonb_build_object(
        'edition_id', e.id, 'published_at', e.published_at,
        'state', CASE WHEN i.status IN ('withdrawn', 'merged') THEN i.status ELSE 'published' END,
        'changed_at', greatest(e.published_at, i.closed_at, (
            SELECT max(v.at) FROM incidents_editorialevent v WHERE v.incident_id = i.id AND v.action = 'restored'))
    ) INTO said
    FROM incidents_incident i JOIN incidents_edition e ON e.incident_id = i.id
    WHERE i.id = given.incident_id ORDER BY e.number DESC LIMIT 1;
    given.vector := '';
    RETURN differing(to_jsonb(given), said || row_said(content), ARRAY[
        'place_ids', 'facility_ids', 'facility_type_ids', 'weapon_ids', 'source_ids',
        'actor_ids', 'actor_disputed_ids', 'actor_possible_ids', 'actor_possible_disputed_ids']);
END $$
"""
SORTED_TEXTS = f"""
CREATE FUNCTION sorted_texts(given text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE {SAFE} AS $$
    SELECT ARRAY(SELECT one FROM unnest(given) one ORDER BY one COLLATE "C")
$$
"""
CITATIONS_SAID = f"""
CREATE FUNCTION citations_said(incident bigint)
RETURNS TABLE (passage_id bigint, path text, title_en text, title_ar text, aspects text[], is_current boolean)
LANGUAGE sql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
    WITH editions AS MATERIALIZED (
        SELECT e.number, e.content || '{{}}' AS content, e.number = max(e.number) OVER () AS is_newest
        FROM incidents_edition e WHERE e.incident_id = incident
    ), cited AS (
        SELECT DISTINCT ON (key) key, e.number, e.is_newest
        FROM editions e, jsonb_object_keys(e.content->'passages') key ORDER BY key, e.number DESC
    ), supported AS (
        SELECT e.number, c.claim->>'passage' AS key, c.claim->>'aspect' AS aspect
        FROM editions e, jsonb_array_elements(e.content->'claims') c (claim)
        UNION SELECT e.number, p.key, 'summary' FROM editions e, jsonb_array_elements(e.content->'summary') s (sentence),
            jsonb_array_elements_text(s.sentence->'passages') p (key)
    ), gathered AS (
        SELECT number, key, array_agg(aspect) AS aspects FROM supported GROUP BY number, key
    )
    SELECT p.id, format('/incidents/%s/', i.code), n.content->>'title_en', n.content->>'title_ar',
        sorted_texts(COALESCE(g.aspects, '{{}}')), c.is_newest AND i.status = 'published'
    FROM incidents_incident i
    JOIN editions n ON n.is_newest
    CROSS JOIN cited c
    JOIN archive_passage p ON p.public_id = c.key
    LEFT JOIN gathered g ON g.number = c.number AND g.key = c.key
    WHERE i.id = incident AND i.status IN ('published', 'merged')
$$
"""
# What readers lack of an incident that was ever published; NULL where they lack nothing.
ROWS_LACKING = f"""
CREATE FUNCTION rows_lacking(incident bigint) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
DECLARE
    newest record;
    known text;
BEGIN
    SELECT e.id, e.number, i.code, i.status INTO newest
    FROM incidents_edition e JOIN incidents_incident i ON i.id = e.incident_id
    WHERE e.incident_id = incident ORDER BY e.number DESC LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF NOT EXISTS (
        SELECT FROM incidents_publishedincident r WHERE r.incident_id = incident AND r.edition_id = newest.id
            AND r.state = CASE WHEN newest.status IN ('withdrawn', 'merged') THEN newest.status ELSE 'published' END
    ) THEN RETURN 'no such row of lists'; END IF;
    IF NOT EXISTS (
        SELECT FROM incidents_publishedrecord r
        WHERE r.incident_id = incident AND r.record->'version' = to_jsonb(newest.number)
    ) THEN RETURN 'no such record of exports'; END IF;
    WITH stored AS (
        SELECT c.passage_id, c.path::text, c.title_en::text, c.title_ar::text, sorted_texts(c.aspects::text[]), c.is_current
        FROM archive_citation c WHERE c.record = newest.code
    ), said AS (SELECT * FROM citations_said(incident))
    SELECT 'other citations' INTO known
    WHERE EXISTS (SELECT * FROM stored EXCEPT SELECT * FROM said) OR EXISTS (SELECT * FROM said EXCEPT SELECT * FROM stored);
    RETURN known;
END $$
"""
FUNCTIONS = {
    "edtf_possible": EDTF_POSSIBLE,
    "differing": DIFFERING,
    "newest_content": NEWEST_CONTENT,
    "public_articles": PUBLIC_ARTICLES,
    "one_of_words": ONE_OF_WORDS,
    "record_said": RECORD_SAID,
    "record_differing": RECORD_DIFFERING,
    "actors_said": ACTORS_SAID,
    "row_said": ROW_SAID,
    "row_differing": ROW_DIFFERING,
    "sorted_texts": SORTED_TEXTS,
    "citations_said": CITATIONS_SAID,
    "rows_lacking": ROWS_LACKING,
}


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0011_rows_and_keys_follow_articles"),
        ("incidents", "0013_days_end_with_the_calendar"),
    ]

    operations = [
        *(migrations.RunSQL([sql], f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()),
        migrations.CreateModel(
            name="RecordCitation",
            fields=[],
            options={
                "ordering": ["record"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("archive.citation",),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="edition",
            name="check_next",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="check_next",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.number <> 1 + COALESCE((SELECT max(e.number) FROM incidents_edition e\n                                                   WHERE e.incident_id = NEW.incident_id), 0) THEN\n                        RAISE EXCEPTION 'edition % is not the next one', NEW.number USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.content->>'code' IS DISTINCT FROM\n                       (SELECT i.code FROM incidents_incident i WHERE i.id = NEW.incident_id)\n                       OR (NEW.content->>'version')::int IS DISTINCT FROM NEW.number THEN\n                        RAISE EXCEPTION 'the content is of another record' USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.content->'claims') c\n                               WHERE c->>'passage' IS NULL AND COALESCE(c->>'judgement', '') !~ '\\S') THEN\n                        RAISE EXCEPTION 'a claim has neither passage nor judgement' USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.content->>'note' IS DISTINCT FROM NEW.note OR (NEW.content->>'published_at')::timestamptz\n                       IS DISTINCT FROM date_trunc('second', NEW.published_at) THEN\n                        RAISE EXCEPTION 'the content has another note or moment' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="d1ed13a8a58b41dccc23fa0be910c0465b458982",
                    operation="INSERT",
                    pgid="pgtrigger_check_next_ba8ea",
                    table="incidents_edition",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="rows_fit_edition",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE lacking text;",
                    func="\n            lacking := rows_lacking(NEW.incident_id);\n            IF lacking IS NOT NULL THEN\n                RAISE EXCEPTION 'readers would not see the newest edition of incident %: %', NEW.incident_id, lacking\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="acb71394badf1d88033244d96ae43091aa6c719e",
                    operation="INSERT",
                    pgid="pgtrigger_rows_fit_edition_9dcc9",
                    table="incidents_edition",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incident",
            trigger=pgtrigger.compiler.Trigger(
                name="rows_fit_edition",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE lacking text;",
                    func="\n            lacking := rows_lacking(NEW.id);\n            IF lacking IS NOT NULL THEN\n                RAISE EXCEPTION 'readers would not see the newest edition of incident %: %', NEW.id, lacking\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="872a0343776a5ead763fb7f1bae9b24f346d809c",
                    operation='UPDATE OF "status", "closed_at"',
                    pgid="pgtrigger_rows_fit_edition_7956d",
                    table="incidents_incident",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Identifiers are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';",
                    hash="8f70ce23b01e600f0b95c8c07fb653a3a0c99f6e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_refuse_change_c66ad",
                    table="incidents_incidentidentifier",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Identifiers are never deleted: TRUNCATE is refused' USING ERRCODE = 'restrict_violation';",
                    hash="9fdbfc00883d2e57de4bf4909908a7001eda4177",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_4ffac",
                    table="incidents_incidentidentifier",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publishedincident",
            trigger=pgtrigger.compiler.Trigger(
                name="says_what_edition_says",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE columns text;",
                    func="\n            IF TG_OP = 'UPDATE' THEN\n                OLD.vector := NEW.vector;\n                IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;\n            END IF;\n            columns := row_differing(NEW);\n            IF columns IS NOT NULL THEN\n                RAISE EXCEPTION 'the newest edition of incident % says something else: %', NEW.incident_id, columns\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="4094a03be722167385e27e53b2c63099c0295b78",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_says_what_edition_says_f81a0",
                    table="incidents_publishedincident",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publishedrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="says_what_edition_says",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE columns text;",
                    func="\n            IF TG_OP = 'UPDATE' THEN\n                \n                IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;\n            END IF;\n            columns := record_differing(NEW);\n            IF columns IS NOT NULL THEN\n                RAISE EXCEPTION 'the newest edition of incident % says something else: %', NEW.incident_id, columns\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="e1e5a5d357a55ed72051dda02d29e3cef22fe973",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_says_what_edition_says_47c6f",
                    table="incidents_publishedrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_as_editions_say",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE wrong text;",
                    func="\n            SELECT min(g.record) INTO wrong FROM given g LEFT JOIN (\n                SELECT i.code, s.* FROM incidents_incident i, citations_said(i.id) s\n                WHERE i.code IN (SELECT record FROM given)\n            ) said ON said.code = g.record AND said.passage_id = g.passage_id\n            WHERE (g.path, g.title_en, g.title_ar, sorted_texts(g.aspects::text[]), g.is_current)\n               IS DISTINCT FROM (said.path, said.title_en, said.title_ar, said.aspects, said.is_current);\n            IF wrong IS NOT NULL THEN\n                RAISE EXCEPTION 'record % does not cite the passage so', wrong USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f7a001dcc2864a32502ed64812dbd9f694bec158",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_as_editions_say_6fc10",
                    referencing="REFERENCING NEW TABLE AS given ",
                    table="archive_citation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_as_editions_say",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE wrong text;",
                    func="\n            SELECT min(g.record) INTO wrong FROM given g LEFT JOIN (\n                SELECT i.code, s.* FROM incidents_incident i, citations_said(i.id) s\n                WHERE i.code IN (SELECT record FROM given)\n            ) said ON said.code = g.record AND said.passage_id = g.passage_id\n            WHERE (g.path, g.title_en, g.title_ar, sorted_texts(g.aspects::text[]), g.is_current)\n               IS DISTINCT FROM (said.path, said.title_en, said.title_ar, said.aspects, said.is_current);\n            IF wrong IS NOT NULL THEN\n                RAISE EXCEPTION 'record % does not cite the passage so', wrong USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="0c6e7c3557012fa5c8d65c0f2f6f50fd70ce4c68",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_as_editions_say_32e48",
                    referencing="REFERENCING NEW TABLE AS given ",
                    table="archive_citation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_while_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    IF EXISTS (\n                        SELECT FROM incidents_incident i JOIN incidents_edition e ON e.incident_id = i.id\n                        JOIN archive_passage p ON p.id = OLD.passage_id AND e.content->'passages' ? p.public_id\n                        WHERE i.code = OLD.record AND i.status IN ('published', 'merged')\n                    ) AND NOT EXISTS (\n                        SELECT FROM archive_citation c WHERE c.record = OLD.record AND c.passage_id = OLD.passage_id\n                    ) THEN\n                        RAISE EXCEPTION 'an edition of % cites the passage', OLD.record\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="8ecca8b934a3744315b48e2a92120ec0a7a78d4d",
                    operation="DELETE OR UPDATE",
                    pgid="pgtrigger_keep_while_cited_445eb",
                    table="archive_citation",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
