from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class ReliefConfig(AppConfig):
    name = "relief"
    verbose_name = "Relief"

    def ready(self) -> None:
        from relief.applications import benefits
        from relief.applications.listing import register_listing
        from relief.projects.sunshine.guarantee import GUARANTEE
        from relief.publicity.case_list import CaseList
        from relief.trail import triggers

        benefits.register(GUARANTEE)
        register_listing(CaseList())
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="relief.guards")
        register(triggers.check_guards, Tags.database)
