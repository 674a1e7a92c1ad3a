"""Persons for whom a household that they left still receives money (重复享受)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from relief.awards.models import AwardPeriod, AwardStatus
from relief.households.models import Membership


def still_counted(benefit: str, people: QuerySet, day: date) -> list[tuple[int, str]]:
    """`(person's key, household number)`: former members whom the household's award still counts on `day`.

    An award knows a number of persons, not their names: it still counts somebody who left since its amount
    was set while it counts more persons than live there. One query, whatever the number of `people`.
    """
    living = (
        Membership.objects.on(day)
        .filter(household=OuterRef("household"))
        .order_by()
        .values("household")
        .annotate(number=Count("pk"))
        .values("number")
    )
    paid = AwardPeriod.objects.filter(
        Q(until_month=None) | Q(until_month__gt=day),
        award__household=OuterRef("household"),
        award__benefit=benefit,
        award__person=None,
        from_month__lte=day,
    ).exclude(award__status=AwardStatus.ENDED)
    left = (
        Membership.objects.filter(person__in=people, until_date__lt=day)
        .annotate(
            living=Coalesce(Subquery(living), 0),
            paid=Subquery(paid.order_by("-pk").values("persons")[:1]),
            since=Subquery(paid.order_by("-pk").values("from_month")[:1]),
        )
        .filter(paid__gt=F("living"), until_date__gte=F("since"))
    )
    return list(left.order_by("pk").values_list("person_id", "household__number"))
