"""What readers may list and search of an article follows its visibility and its source by trigger.

That an embargo ends is no change: `archive.openness` compares the day, which rows have from their article.

Locks are taken downwards, source, article, row, and shared ones of the first two before a row is written: a row that is
made while its article is being withheld waits, and is hidden.
"""

import pgtrigger


def followed_by_rows(key: str, *columns: str) -> pgtrigger.Trigger:
    """Return the trigger that makes rows of lists follow when one of these columns changes; ``key`` finds the rows."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="followed_by_rows",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        func=f"IF {changed} THEN UPDATE archive_articlerow SET updated_at = now() WHERE {key} = NEW.id; END IF; "  # noqa: S608
        "RETURN NULL;",
    )


def follows_article() -> pgtrigger.Trigger:
    """Return the trigger that writes into a row of lists what readers may see and search of its article.

    Of a text whose cited passages alone are shown, words are found but not their order: they have no position, so no
    phrase can be tried out word by word, nor are its pairs of words found. Of a source that is a reference only, title
    and cited passages are found.
    """
    return pgtrigger.Trigger(
        name="follow_article",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("article", "record"), ("policy", "text")],
        func="""
            SELECT a.visibility, a.public_from, a.source_id, a.published_on, a.language INTO article
            FROM archive_article a WHERE a.id = NEW.article_id FOR SHARE;
            SELECT s.text_policy INTO policy FROM archive_source s WHERE s.id = article.source_id FOR SHARE;
            NEW.is_public := article.visibility = 'public';
            NEW.public_from := CASE WHEN article.visibility = 'embargoed' THEN article.public_from END;
            NEW.source_id := article.source_id;
            NEW.published_on := article.published_on;
            NEW.sort_on := coalesce(article.published_on, '0001-01-01');
            NEW.language := article.language;
            BEGIN
                NEW.vector := CASE coalesce(policy, 'passages')
                    WHEN 'full' THEN NEW.full_vector || strip(NEW.pair_vector)
                    WHEN 'passages' THEN
                        ts_filter(NEW.full_vector, '{a,c}') || NEW.cited_vector || strip(NEW.full_vector)
                        || strip(ts_filter(NEW.pair_vector, '{a,c}'))
                    ELSE ts_filter(NEW.full_vector, '{a}') || NEW.cited_vector
                        || strip(ts_filter(NEW.pair_vector, '{a}'))
                END;
                IF NEW.pair_vector = '' AND NEW.full_vector <> '' THEN NEW.vector := NEW.vector || '~'; END IF;
            EXCEPTION WHEN program_limit_exceeded THEN
                NEW.vector := CASE coalesce(policy, 'passages')
                    WHEN 'full' THEN NEW.full_vector
                    WHEN 'passages' THEN strip(NEW.full_vector)
                    ELSE ts_filter(NEW.full_vector, '{a}')
                END || '~';
            END;
            RETURN NEW;
        """,
    )
