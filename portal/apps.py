from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from portal.attachments import receivers
        from portal.catalogue.schedule import JOB as NIGHTLY_CHECK
        from portal.catalogue.views import on_platform
        from portal.pages.catalogue_socket import register_catalogue
        from portal.publicity.all_forms import AllForms
        from relief.publicity.forms import register_forms
        from relief.schedule.run import register_job

        register_forms(AllForms())
        receivers.connect()
        register_job(NIGHTLY_CHECK)
        register_catalogue(on_platform)
