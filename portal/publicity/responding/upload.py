"""A picture on its way in: kept in memory alone and never larger than its limit, then decoded anew."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.confidential.pictures import decode
from relief.errors import Invalid

MEGABYTE = 1024 * 1024
LIMIT = 8 * MEGABYTE


class MemoryOnly(FileUploadHandler):
    """Takes one file into memory. Of one that is too large it keeps the size and no byte.

    Django's own would put it in clear into a temporary file on the disk.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Raises SkipFile for all but the first."""
        super().new_file(*args, **kwargs)
        self.files += 1
        if self.files > 1:
            raise SkipFile
        self.content, self.length = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.length += len(raw_data)
        if self.length <= LIMIT:
            self.content.write(raw_data)
        else:
            self.content = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file; one that is too large is empty and says its true size."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


class PictureField(forms.FileField):
    """One picture by its content, whatever its name says; gives a Picture without what was stored in it."""

    default_error_messages = {
        "empty": gettext_lazy("The file is empty. Choose the picture again."),
        "invalid": gettext_lazy("The file did not arrive whole. Choose it again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """The Picture, or None. Raises ValidationError in words: too large, or none that can be taken."""
        found = super().to_python(data)
        if found is None:
            return None
        if found.size > LIMIT:
            raise ValidationError(
                _(
                    "The picture may have at most 8 MB; this one has %(size)s MB. "
                    "Your other answers are kept."
                ),
                params={"size": f"{found.size / MEGABYTE:.1f}"},
            )
        try:
            return decode(found.read(), name=found.name or "")
        except Invalid as refused:
            reasons = [str(reason) for reasons in refused.fields.values() for reason in reasons]
            raise ValidationError(reasons) from refused
