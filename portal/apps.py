from django.apps import AppConfig
from django.db.models.signals import post_save


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from portal.attachments import receivers
        from portal.catalogue.schedule import JOB as NIGHTLY_CHECK
        from portal.catalogue.views import on_platform
        from portal.cms.groups import follow_new_group
        from portal.finder import telling
        from portal.finder.files import FileSource
        from portal.finder.lists import ListSource
        from portal.finder.pages import PageSource
        from portal.finder.schedule import FORGET_SEARCHES
        from portal.finder.standards import StandardSource
        from portal.notifying.schedule import NOTICE, SEND
        from portal.pages import indexing
        from portal.pages.catalogue_socket import register_catalogue
        from portal.particulars import current
        from portal.publicity.all_forms import AllForms
        from portal.publishing import guards, names
        from portal.publishing.schedule import EMPTY_BIN, FORGET_MISSES, JOB
        from portal.staff_search import following
        from relief.publicity.forms import register_forms
        from relief.schedule.run import register_job
        from search.sources import register

        register_forms(AllForms())
        receivers.connect()
        register_catalogue(on_platform)
        guards.connect()
        indexing.connect()
        current.connect()
        names.connect()
        for job in (NIGHTLY_CHECK, JOB, EMPTY_BIN, NOTICE, SEND, FORGET_MISSES, FORGET_SEARCHES):
            register_job(job)
        for source in (PageSource(), ListSource(), FileSource(), StandardSource()):
            register(source)
        following.connect()
        telling.connect()
        post_save.connect(follow_new_group, sender="auth.Group", dispatch_uid="section-rights")
