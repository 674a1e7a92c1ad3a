"""Upload forms of the CMS: files are looked at first, replaced ones are kept, pictures are encoded anew."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import ReferenceIndex

from portal.attachments.checks import MOST_BYTES, check_document, refused
from portal.attachments.pictures import clean_upload
from portal.attachments.versions import digest_of, ever_public, newest_version


class DocumentForm(BaseDocumentForm):
    """A new file of a document becomes its next version; the old one stays where it is."""

    upload_note = forms.CharField(
        label=gettext_lazy("What is new in this version"),
        help_text=gettext_lazy("For the staff's record; readers don't see it."),
        max_length=200,
        required=False,
    )

    class Meta(BaseDocumentForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.uploader = kwargs.get("user")
        super().__init__(*args, **kwargs)
        self.original_file = None  # Wagtail would delete it
        if "file" not in self.fields:
            del self.fields["upload_note"]

    def clean_title(self) -> str:
        """Pages show the title beside the file: what the public reads there changes by review alone."""
        title = str(self.cleaned_data["title"])
        if "title" in self.changed_data and self.instance.pk and ever_public([self.instance.pk]):
            words = _(
                "This document is public under the title it has. Give it other words on the page that shows "
                "it, or add the file as a document of its own."
            )
            raise ValidationError(words, code="title-public")
        return title

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        if file.size > MOST_BYTES:
            raise refused("file-big")
        data = file.read()
        file.seek(0)
        check_document(data, file.name)
        newest = newest_version(self.instance) if self.instance.pk else None
        if newest is not None and newest.sha256 == digest_of(data):
            raise ValidationError(
                _("This is the very file of version %(number)s. Choose the new one.")
                % {"number": newest.number},
                code="file-same",
            )
        return file

    def save(self, commit: bool = True) -> Any:
        self.instance.uploader = self.uploader
        self.instance.upload_note = self.cleaned_data.get("upload_note", "")
        return super().save(commit)


class PictureField(WagtailImageField):
    """Everything behind this field sees the cleaned picture only."""

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        clean_upload(data)
        return super().to_python(data)


class ImageForm(BaseImageForm):
    """A picture needs words for those who can't see it, and one in use is not exchanged in silence."""

    class Meta(BaseImageForm.Meta):
        widgets: ClassVar[dict[str, Any]] = {**BaseImageForm.Meta.widgets}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )
        words = self.fields.get("description")
        if words is not None:
            # the uploader of many sends file and title first, and asks for the words in the next form
            asked = not self.is_bound or self.add_prefix("description") in self.data
            words.required = asked
            words.help_text = _("What the picture shows, for those who can't see it.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and self.instance.pk:
            if ReferenceIndex.get_references_to(self.instance).exists():
                raise ValidationError(
                    _("Pages use this picture. Add the new one as a picture of its own and choose it there."),
                    code="picture-in-use",
                )
        return file
