"""Notices of the invented district 明河区, in both languages, for the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wagtail.models import Locale

from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.pages.seed import CHINESE, ENGLISH, add_live, translated
from relief.trail import clock

ISSUER_ZH, ISSUER_EN = "明河区民政局", "Minghe District Civil Affairs Bureau"


@dataclass(frozen=True)
class Notice:
    """One notice: its day as days before today, or a fixed date; `number` counts within the year."""

    slug: str
    day: int | date
    number: int
    zh: tuple[str, str, str]
    en: tuple[str, str, str]

    def signed_on(self, today: date) -> date:
        return self.day if isinstance(self.day, date) else today - timedelta(days=self.day)


NOTICES = (
    Notice(
        "standard-2025",
        date(2025, 6, 20),
        18,
        (
            "关于调整最低生活保障标准的通知",
            "自2025年7月1日起，全区城乡最低生活保障标准调整为每人每月1011元。",
            "<p>各街道办事处、各社区居民委员会：</p>"
            "<p>经区人民政府同意，现将调整全区最低生活保障标准有关事项通知如下。</p>"
            "<h2>一、保障标准</h2>"
            "<p>自2025年7月1日起，"
            "全区最低生活保障标准由每人每月972元调整为每人每月1011元，城乡执行同一标准。</p>"
            "<h2>二、计发办法</h2>"
            "<ul><li>共同生活的家庭成员人均月收入低于1011元、家庭财产符合规定的，"
            "可以申请最低生活保障。</li>"
            "<li>保障金按照标准与家庭人均月收入的差额，乘以保障人数计算。</li>"
            "<li>已享受保障的家庭由街道办事处统一核算，无须重新申请。</li></ul>"
            "<h2>三、工作要求</h2>"
            "<p>各街道应当在7月份的保障金中落实新标准，并在社区公告栏张贴本通知。</p>",
        ),
        (
            "Notice on the new standard of the minimum living guarantee",
            "From 1 July 2025 the minimum living guarantee is 1,011 yuan per person and month.",
            "<p>To all street offices and residents’ committees:</p>"
            "<p>With the consent of the district government the standard of the minimum living "
            "guarantee is changed "
            "as follows.</p>"
            "<h2>1. Standard</h2>"
            "<p>From 1 July 2025 the standard rises from 972 to 1,011 yuan per person and month, in "
            "town and "
            "country alike.</p>"
            "<h2>2. How the amount is worked out</h2>"
            "<ul><li>A household may apply if its monthly income per head is below 1,011 yuan and "
            "its property is "
            "within the limits.</li>"
            "<li>The amount is the difference between the standard and the income per head, times "
            "the persons "
            "covered.</li>"
            "<li>Households that already receive the guarantee are recalculated by the street office "
            "and need not "
            "apply again.</li></ul>"
            "<h2>3. What the streets do</h2>"
            "<p>The new standard applies to the payment for July. This notice is to hang on every "
            "community’s "
            "bulletin board.</p>",
        ),
    ),
    Notice(
        "re-declaration",
        96,
        31,
        (
            "关于开展最低生活保障对象定期复核的通知",
            "请低保家庭按期申报人口、收入和财产变化；收入稳定的家庭每年一次，其他家庭每半年一次。",
            "<p>为及时掌握低保家庭情况变化，确保应保尽保、应退尽退，现就定期复核有关事项通知如下。</p>"
            "<h2>一、复核对象和周期</h2>"
            "<ul><li>短期内经济状况变化不大的家庭，每年复核一次。</li>"
            "<li>收入来源不固定、家庭成员有劳动能力的家庭，每半年复核一次。</li></ul>"
            "<h2>二、申报内容</h2>"
            "<p>家庭人口、收入和财产状况。发生重大变化的，应当及时主动申报，不必等到复核时间。</p>"
            "<h2>三、办理地点</h2>"
            "<p>户籍所在地社区救助服务站。行动不便的，可以拨打救助热线预约上门办理。</p>"
            "<p>复核不收取任何费用。要求缴费的，请拨打监督电话举报。</p>",
        ),
        (
            "Notice on the regular re-declaration of households",
            "Households that receive the guarantee declare changes once a year, or every half year "
            "where income is "
            "irregular.",
            "<p>So that the guarantee reaches all who qualify and ends for those who no longer do, "
            "households are "
            "asked to declare again.</p>"
            "<h2>1. Who and how often</h2>"
            "<ul><li>Households whose situation hardly changes: once a year.</li>"
            "<li>Households with irregular income or members able to work: every half year.</li></ul>"
            "<h2>2. What to declare</h2>"
            "<p>Members, income and property. Declare an important change at once; do not wait for "
            "the date.</p>"
            "<h2>3. Where</h2>"
            "<p>At the relief station of your community. If you cannot come, call the hotline and we "
            "visit you.</p>"
            "<p>Re-declaration is free of charge. If anybody asks for money, please report it.</p>",
        ),
    ),
    Notice(
        "supervision",
        61,
        36,
        (
            "关于公布社会救助监督举报电话的公告",
            "对低保审核确认中的问题，任何单位和个人都可以举报。热线：0400-000-0000。",
            "<p>为加强社会救助工作监督，现将监督举报方式公布如下。</p>"
            "<ul><li>救助热线：0400-000-0000（工作日8:30至11:30、13:00至17:00）</li>"
            "<li>来访地址：明河区示例路1号一楼救助窗口</li></ul>"
            "<h2>可以反映的问题</h2>"
            "<ul><li>名单中的家庭不符合条件，或者公示的信息有误；</li>"
            "<li>符合条件的家庭没有得到受理；</li>"
            "<li>工作人员优亲厚友、吃拿卡要，或者要求缴纳费用。</li></ul>"
            "<p>可以实名，也可以匿名。实名反映的，受理后按规定答复。反映人的身份信息依法保密。</p>",
        ),
        (
            "Whom to call about social relief",
            "Anyone may report a fault in how the guarantee is granted. Hotline: 0400-000-0000.",
            "<p>So that the public can watch over social relief, these are the ways to reach us.</p>"
            "<ul><li>Relief hotline: 0400-000-0000 (working days 8:30–11:30 and 13:00–17:00)</li>"
            "<li>In person: the relief counter at 1 Shili Road, Minghe District</li></ul>"
            "<h2>What you can report</h2>"
            "<ul><li>a household on a list that does not qualify, or wrong data on a list;</li>"
            "<li>a household that qualifies and was turned away;</li>"
            "<li>an official who favours relatives, wants gifts or asks for a fee.</li></ul>"
            "<p>You may give your name or stay anonymous. Named reports are answered as the rules "
            "ask. Who reports "
            "is kept confidential.</p>",
        ),
    ),
    Notice(
        "list-rules",
        33,
        42,
        (
            "关于规范最低生活保障公示工作的通知",
            "批前公示七天，网站与社区公告栏同步张贴；公示只列必要信息，期满不再显示姓名。",
            "<p>各街道办事处：</p>"
            "<p>为保障群众知情权，同时保护困难群众个人信息，现就公示工作明确如下。</p>"
            "<ol><li>街道初审后、区民政局审批前，应当在申请家庭户籍所在社区公示七天。</li>"
            "<li>网站与公告栏公示同一份名单，核对码应当一致。</li>"
            "<li>公示户主姓名、家庭人口、拟保障人数和拟保障金额，不得公示身份证号码、住址、电话、"
            "银行账号和健康状况。</li>"
            "<li>公示期满，网站停止显示姓名，公告栏的名单及时取下。</li></ol>"
            "<p>公示期间有异议的，街道应当重新调查核实。</p>",
        ),
        (
            "Notice on how lists are made public",
            "Seven days before approval, on the website and the board alike; only what is needed, "
            "and no names "
            "afterwards.",
            "<p>To all street offices:</p>"
            "<p>The public has a right to know and those in need have a right to privacy. Therefore:</p>"
            "<ol><li>After the street’s review and before the district’s decision a list is public "
            "for seven days in "
            "the household’s community.</li>"
            "<li>Website and bulletin board show the same list; their check codes must agree.</li>"
            "<li>Lists show the head of household, the members, the persons covered and the amount "
            "proposed. They "
            "never show ID numbers, addresses, telephones, bank accounts or health.</li>"
            "<li>When the period is over the website shows no names and the paper is taken "
            "down.</li></ol>"
            "<p>If somebody objects in that time, the street surveys the case again.</p>",
        ),
    ),
    Notice(
        "winter-visits",
        9,
        47,
        (
            "关于做好冬季困难群众走访慰问工作的通知",
            "入冬以来，各社区将对独居老人、重度残疾人和重病患者家庭开展走访，有困难请及时联系。",
            "<p>各街道办事处、各社区居民委员会：</p>"
            "<p>为保障困难群众温暖过冬，现就走访工作安排如下。</p>"
            "<ul><li>独居老人、重度残疾人、重病患者家庭每月至少走访一次；</li>"
            "<li>发现符合条件而未申请救助的家庭，主动告知政策并协助申请；</li>"
            "<li>遇到突发困难的，先行给予临时救助，再补办手续。</li></ul>"
            "<p>居民遇到困难，或者知道邻里有困难的，请拨打救助热线0400-000-0000。</p>",
        ),
        (
            "Notice on visits in winter",
            "Communities visit old people who live alone and households with severe disability or "
            "illness. Call us "
            "if you need help.",
            "<p>To all street offices and residents’ committees:</p>"
            "<p>So that everybody comes through the winter well:</p>"
            "<ul><li>Old people who live alone and households with severe disability or illness are "
            "visited at "
            "least once a month.</li>"
            "<li>Whoever qualifies and has not applied is told of the rules and helped to apply.</li>"
            "<li>In an emergency temporary relief comes first and the paperwork after.</li></ul>"
            "<p>If you need help, or know a neighbour who does, call the relief hotline "
            "0400-000-0000.</p>",
        ),
    ),
)


def add_demo_notices(homes: Mapping[str, HomePage]) -> list[NoticePage]:
    """Publish the notices in both languages, dated before today; those that are there already stay."""
    today = clock.today()
    return [page for notice in in_order(today) if (page := add_notice(homes, notice, today))]


def in_order(today: date) -> list[Notice]:
    """The notices by their days of signing."""
    return sorted(NOTICES, key=lambda notice: notice.signed_on(today))


def public_at(notice: Notice, today: date) -> datetime:
    """When a notice went public: the morning after it was signed."""
    return clock.at(notice.signed_on(today) + timedelta(days=1), 10)


def add_notice(homes: Mapping[str, HomePage], notice: Notice, today: date) -> NoticePage | None:
    """Publish one notice in both languages; None when it is there already."""
    section = SectionPage.objects.child_of(homes[CHINESE]).get(slug="notices")
    if NoticePage.objects.child_of(section).filter(slug=notice.slug).exists():
        return None
    page = _page(notice, today)
    add_live(section, page)
    title, summary, body = notice.en
    words = {"title": title, "summary": summary, "body": body, "issuer": ISSUER_EN}
    translated(page, words, Locale.objects.get(language_code=ENGLISH))
    return page


def _page(notice: Notice, today: date) -> NoticePage:
    signed_on = notice.signed_on(today)
    title, summary, body = notice.zh
    return NoticePage(
        slug=notice.slug,
        title=title,
        summary=summary,
        body=body,
        issuer=ISSUER_ZH,
        index_number=f"MH-{signed_on.year}-{notice.number:04d}",
        document_number=f"明民发〔{signed_on.year}〕{notice.number}号",
        signed_on=signed_on,
        first_published_at=public_at(notice, today),
        locale=Locale.objects.get(language_code=CHINESE),
    )
