"""Tables of secrets; both are deletable: destroying a subject's key and indexes forgets the subject."""

from __future__ import annotations

import uuid

from django.db import models


class DataKey(models.Model):
    """The key of one subject, wrapped by the master key. A subject is a plain code: `person:<uuid>`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=60, unique=True)
    wrapped = models.BinaryField()

    class Meta:
        verbose_name = "data key"


class BlindIndex(models.Model):
    """HMAC of a sealed value, so that it can be found and not guessed (盲索引)."""

    subject = models.CharField(max_length=60, db_index=True)
    purpose = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    value = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "blind index"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "value"],
                condition=models.Q(purpose="id-number"),
                name="one_person_per_id_number",
            ),
        ]
        indexes = [models.Index(fields=["purpose", "value"], name="blind_index_ix")]
