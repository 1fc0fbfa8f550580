"""What a check constraint cannot see, the database holds by triggers.

No unit is its own ancestor, no publication or event or term part of itself, and the preferred
derivations form no cycle: a row that would close a circle is refused, whoever writes it.
"""

from django.db import migrations

# table, column of the parent
TREES = (
    ("catalogue_unit", "parent_id"),
    ("catalogue_publication", "parent_id"),
    ("catalogue_event", "parent_id"),
    ("catalogue_term", "broader_id"),
)

ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT NEW.{parent}
        UNION
        SELECT t.{parent} FROM {table} t JOIN above a ON t.id = a.id WHERE t.{parent} IS NOT NULL
    ) SELECT 1 FROM above WHERE id = NEW.id
"""

BASES = """
    WITH RECURSIVE above(id) AS (
        SELECT NEW.base_id
        UNION
        SELECT d.base_id FROM catalogue_derivation d JOIN above a ON d.derived_id = a.id
        WHERE d.standing = 'preferred' AND d.base_id IS NOT NULL
            AND d.statement_ptr_id <> NEW.statement_ptr_id
    ) SELECT 1 FROM above WHERE id = NEW.derived_id
"""

CIRCLE = "a record cannot stand under itself"
CYCLE = "the preferred derivations would form a cycle"

SQLITE = """
CREATE TRIGGER {name}_{when} BEFORE {event} ON {table} WHEN {condition}
BEGIN
    SELECT RAISE(ABORT, '{message}') WHERE EXISTS ({query});
END
"""

POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({query}) THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW WHEN ({condition})
EXECUTE FUNCTION {name}();
"""


def rules():
    for table, parent in TREES:
        yield {
            "name": f"{table}_no_circle",
            "table": table,
            "columns": parent,
            "condition": f"NEW.{parent} IS NOT NULL",
            "query": ABOVE.format(table=table, parent=parent),
            "message": CIRCLE,
        }
    yield {
        "name": "catalogue_derivation_no_cycle",
        "table": "catalogue_derivation",
        "columns": "derived_id, base_id, standing",
        "condition": "NEW.standing = 'preferred' AND NEW.base_id IS NOT NULL",
        "query": BASES,
        "message": CYCLE,
    }


def create(apps, schema_editor):
    for rule in rules():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(**rule), params=None)
            continue
        for when, event in (("insert", "INSERT"), ("update", f"UPDATE OF {rule['columns']}")):
            schema_editor.execute(SQLITE.format(when=when, event=event, **rule), params=None)


def drop(apps, schema_editor):
    for rule in rules():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {rule['name']}() CASCADE", params=None)
            continue
        for when in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {rule['name']}_{when}", params=None)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
