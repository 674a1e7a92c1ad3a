from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from portal.attachments import receivers
        from portal.publicity.all_forms import AllForms
        from relief.publicity.forms import register_forms

        register_forms(AllForms())
        receivers.connect()
