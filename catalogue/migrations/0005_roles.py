"""The groups of the roles: viewer, cataloguer, reviewer, administrator.

``catalogue/models/role.py`` holds the table. What it grants of later models is given after the
migration that adds them.
"""

from django.db import migrations

from catalogue.models import role


def make_groups(apps, schema_editor):
    role.settle(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_skeletons"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
