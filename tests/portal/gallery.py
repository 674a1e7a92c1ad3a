"""A page of every component, public and desk; `pytest.mark.urls("tests.portal.gallery")` serves them."""

import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Row

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from portal.display import display
from portal.forms import DateField, Form, IdNumberField, MoneyField

HERE = Path(__file__).parent
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
LAST_MOMENT = datetime.datetime(2026, 11, 27, 17, 0, tzinfo=SHANGHAI)


class SampleForm(Form):
    """One field of every kind."""

    name = forms.CharField(label="户主姓名", help_text="与户口簿一致")
    number = IdNumberField(label="公民身份号码")
    amount = MoneyField(label="月收入")
    day = DateField(label="入户日期")
    place = forms.ChoiceField(label="社区", choices=[("", "请选择"), ("a", "东关社区"), ("b", "市场社区")])
    kind = forms.ChoiceField(
        label="事项", choices=[("n", "新申请"), ("r", "定期申报")], widget=forms.RadioSelect
    )
    who = forms.MultipleChoiceField(
        label="在场人员", choices=[("1", "户主"), ("2", "配偶")], widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="调查情况", widget=forms.Textarea, help_text="写明所见，不写推测")
    paper = forms.FileField(label="材料照片")
    told = forms.BooleanField(label="已当面告知")


LIST = {
    "breadcrumbs": [Row(label="批前公示", url="/publicity/")],
    "deadline": LAST_MOMENT,
    "ended": LAST_MOMENT.date(),
    "metadata": [
        Row(label="索引号", value="MZ-0203-2026-00117"),
        Row(label="信息分类", value="社会救助 / 最低生活保障 / 批前公示"),
        Row(label="发文字号", value="明民示〔2026〕11号"),
        Row(label="施行日期", value=""),
    ],
    "rows": [
        Row(number=number, name=name, place="站北街道·菜市社区", persons=4, amount=Decimal(1326))
        for number, name in enumerate(["王*英", "欧**芳", "张*", "赵国"] * 10, 1)
    ],
    "page": Paginator(range(200), 20).page(4),
    "digest": "8c412dd0cb9f20368883a2452a8c9a25952a832202e09db8fbab616c41e70e52",
}
CHANGES = [
    Row(field="月收入", before=Decimal("980.00"), after=Decimal("1100.00")),
    Row(field="备注", before=None, after="承租公房"),
    Row(field="户主姓名", masked=True),
]
REVIEW = Row(
    act="街道审核",
    at=LAST_MOMENT,
    actor="张审核员",
    role="审核人",
    office="站北街道",
    words="补正材料已收到",
    changes=CHANGES,
)
CASE = {
    "officer": Row(name="张审核员", office="站北街道办事处"),
    "desk_section": "queue",
    "reasons": ["公示期尚未结束，最早可于2026年11月28日审批。", "街道尚未登记现场张贴。"],
    "entries": [REVIEW, Row(act="受理", at=LAST_MOMENT, actor="李受理员")],
    "identity": [Row(label="编号", value="MH-2026-004117"), Row(label="环节", value="街道审核")],
    "summary": [Row(label="户主", value="王*英"), Row(label="社区", value="东关", url="#x", action="更改")],
    "tasks": [
        Row(label="材料（7/7）", status="已完成", url="#a"),
        Row(label="核对不一致", status="需说明", colour="red", url="#b", hint="1项"),
        Row(label="审核意见", status="不能开始"),
    ],
    "changes": [Row(field="初审意见", theirs="同意", yours="不同意")],
}


def drawn(file: str, request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string((HERE / file).read_text("utf-8"))
    form = SampleForm({}) if "faulty" in request.GET else SampleForm()
    asked = {"phase": request.GET.get("phase", "running"), "form": form}
    return HttpResponse(template.render({**LIST, **CASE, **asked}, request))


def public(request: HttpRequest) -> HttpResponse:
    return drawn("gallery_public.html", request)


def desk(request: HttpRequest) -> HttpResponse:
    return drawn("gallery_desk.html", request)


names = ("start", "queue", "lists", "intake", "help", "language", "sign-out")
urlpatterns = [
    path("display/", display, name="display"),
    path("desk/", include(([path(f"{name}/", desk, name=name) for name in names], "desk"))),
    *i18n_patterns(
        path("", public),
        path("publicity/", public),
        path("", include("portal.publicity.urls")),
        path("", include("portal.pages.urls")),
        prefix_default_language=False,
    ),
]
