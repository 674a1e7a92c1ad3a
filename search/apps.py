from django.apps import AppConfig
from django.db.models.signals import post_save


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from relief.schedule.run import register_job
        from search.schedule import COMPARE, COMPLETE, FOLLOW
        from search.told import NOTING
        from search.wake import on_publication

        post_save.connect(on_publication, sender="relief.Publication", dispatch_uid="search-follows")
        register_job(FOLLOW)
        register_job(COMPLETE)
        register_job(NOTING.job)
        register_job(COMPARE)
