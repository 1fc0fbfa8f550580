"""One key for all transliterations of a name or title, for the rows that are there already.

What it is made from is written out here: the models of a migration have no methods of their own.
"""

from django.db import migrations, models

import catalogue.models.fields
from catalogue import text
from catalogue.models.agent import heading

BATCH = 2000
NAMES = (
    ("Agent", lambda row: heading(row.name)),
    ("AgentName", lambda row: heading(row.form, row.family, row.given)),
    ("Document", lambda row: row.title),
    ("Publication", lambda row: row.title),
    ("Term", lambda row: row.label),
    ("TermLabel", lambda row: row.label),
    ("Title", lambda row: row.title),
)


def fill(apps, schema_editor):
    for name, words in NAMES:
        rows = apps.get_model("catalogue", name)._base_manager.order_by("pk")
        last = 0
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            for row in batch:
                row.skeleton = text.skeleton(words(row))[:200]
            rows.bulk_update(batch, ["skeleton"], batch_size=500)
            last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_acts")]

    operations = [
        migrations.CreateModel(
            name="Distinction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.CharField(max_length=16, verbose_name="permanent identifier")),
                (
                    "second",
                    models.CharField(
                        max_length=16, verbose_name="permanent identifier of the other"
                    ),
                ),
                (
                    "user_name",
                    catalogue.models.fields.Line(blank=True, max_length=250, verbose_name="who"),
                ),
                ("made", models.DateTimeField(auto_now_add=True, verbose_name="when")),
            ],
            options={
                "verbose_name": "distinction",
                "verbose_name_plural": "distinctions",
            },
        ),
        migrations.AddField(
            model_name="agent",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="agentname",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="document",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="publication",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="term",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="termlabel",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="title",
            name="skeleton",
            field=catalogue.models.fields.Key(blank=True, editable=False, max_length=200),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="agent",
            index=models.Index(fields=["skeleton", "id"], name="catalogue_a_skeleto_f472df_idx"),
        ),
        migrations.AddIndex(
            model_name="agentname",
            index=models.Index(fields=["skeleton", "agent"], name="catalogue_a_skeleto_9b9353_idx"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["skeleton", "id"], name="catalogue_d_skeleto_d3316e_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["skeleton", "id"], name="catalogue_p_skeleto_c117d2_idx"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["skeleton", "id"], name="catalogue_t_skeleto_259fa3_idx"),
        ),
        migrations.AddIndex(
            model_name="termlabel",
            index=models.Index(fields=["skeleton", "term"], name="catalogue_t_skeleto_edc3d2_idx"),
        ),
        migrations.AddIndex(
            model_name="title",
            index=models.Index(
                fields=["skeleton", "document", "publication"],
                name="catalogue_t_skeleto_11d9fe_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="distinction",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="distinction_once"),
        ),
        migrations.AddConstraint(
            model_name="distinction",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="distinction_in_order"
            ),
        ),
    ]
