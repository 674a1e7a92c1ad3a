"""What residents say to a list beside objections, and what is answered (反映和答复)."""

from __future__ import annotations

from portal.demo.story import Answer
from relief.publicity.models import ResponseKind

LEFT_OUT, WRONG_DATA, WITHHOLD = (
    ResponseKind.LEFT_OUT,
    ResponseKind.WRONG_DATA,
    ResponseKind.WITHHOLD_NAME,
)

SAID: dict[str, tuple[str, ...]] = {
    LEFT_OUT: (
        "我和老伴都七十多岁了，没有退休金，年初到社区问过低保的事。这次名单上没有我家，想请社区看看我们能不能申请。",
        "我丈夫去年做了心脏手术，家里靠我一个人打零工。上次入户登记过，名单里却没有我们，请核实是不是漏报了。",
        "本人肢体残疾，一个人生活。以前填过表，一直没有人通知结果，这次公示也没有我，请帮忙查一查。",
        "我父亲长年卧床，弟弟有精神残疾，家里没有固定收入。同楼有人家上了名单，我家条件更差，不知道为什么没有。",
    ),
    WRONG_DATA: (
        "公示的金额和工作人员入户时算给我看的不一样，请核对一下是不是录错了。",
        "我家的保障金额好像算少了，房租和药费当时都交了单据，麻烦再核对一遍。",
        "我看不懂金额是怎么算出来的，和邻居家情况差不多，数目却不一样，请核实。",
    ),
    WITHHOLD: (
        "我不想让亲戚和老同事知道家里在申请低保，能不能不要公开我的姓名。",
        "孩子就在附近上学，怕同学看到名单笑话她，希望不要写我的名字。",
        "我身体不好一直瞒着老家的父母，怕他们从网上看到，请不要公开姓名。",
    ),
}
MISSPELT = "名单上我的名字最后一个字写错了，和身份证上的不是同一个字，请更正。"
IN_DANGER = (
    "我离婚后前夫多次上门纠缠，派出所给他发过告诫书。名单上写着姓名和社区，他会找到我和孩子，请不要公开。"
)
ABOUT_STAFF = "去年我把材料交给社区一位工作人员，他说不用填表，回去等通知，结果一直没有下文。请上级看看。"

TOLD_HOW = (
    "社区工作人员已上门了解。您家以前咨询过政策，没有提交申请，所以不在名单中。已当面说明申请条件和需要的材料，"
    "您可以到社区救助服务站办理，行动不便的可以预约上门。"
)
CASE_OPENED = (
    "社区工作人员已上门核实。您家以前的登记没有转为申请，是我们工作疏漏，向您致歉。现已为您登记申请，"
    "请按告知书备齐材料，办理进度可以随时向社区救助服务站查询。"
)
#: kind → the answer that upholds, and the one that doesn't
ANSWERED: dict[str, dict[Answer, str]] = {
    LEFT_OUT: {
        Answer.UPHELD: TOLD_HOW,
        Answer.REJECTED: "经核查，您家人均月收入高于本区低保标准，上次申请已书面答复，不属于漏报。"
        "如家中收入有变化，可以重新申请；因病支出较大的，可以了解临时救助。",
    },
    WRONG_DATA: {
        Answer.UPHELD: "经核对，计算表中少扣除了您家的就医支出，公示金额有误，向您致歉。"
        "名单已经更正，更正说明同时公布，更正后的金额重新公示。",
        Answer.REJECTED: "经逐项核对，公示的人数和金额与核定表一致。保障金按本区标准与家庭收入的差额计算，"
        "各户收入和人口不同，金额也不同。计算表可以到街道社会救助站查看。",
    },
    WITHHOLD: {
        Answer.UPHELD: "经与辖区派出所核实，公开姓名可能危及您和孩子的安全，决定不公开您的姓名。"
        "本批名单作相应更正，以后的名单和公告也不再显示，不影响您家申请的办理。",
        Answer.REJECTED: "公示申请人姓名是接受群众监督的法定要求，名单上的姓名已隐去部分字，"
        "不显示住址、证件号码和病情，公示期满即从网上和公告栏撤下。您的理由不属于可以不公开的情形，请您理解。",
    },
}
NAME_CORRECTED = (
    "经与身份证核对，系登记时录入错误，向您致歉。登记的姓名已改正，名单已经更正，更正说明同时公布。"
)

ESCALATED: dict[str, str] = {
    # what asks for a name to be withheld is answered by the district itself
    LEFT_OUT: "社区的答复没有说清楚收入是怎么算的，我请区里再核实一次。",
    WRONG_DATA: "我到街道看过计算表，还是认为赡养费不应当按这个数算，请区里再核一次。",
}
DISTRICT_SAYS: dict[Answer, str] = {
    Answer.REJECTED: "区民政局调阅了档案，并与街道经办人和您本人核实，收入的认定和计算符合规定，维持原答复。",
    Answer.UPHELD: "经区民政局核实，您家去年的登记确有遗漏，原答复不当。已责成社区上门为您办理申请。",
}

RECTIFIED = "核对计算表发现就医支出漏扣，拟保障金额少算，按票据更正。"
SPELT_ANEW = "申请人持身份证到窗口核对，姓名末字录入有误，按身份证更正。"
#: what the public reads of a correction, in both languages
AMOUNT_NOTE = (
    "第{row}行的拟保障金额录入时漏扣就医支出，现予更正；该行自更正之日起重新公示，其他各行不变。",
    "The amount in row {row} was entered without the medical expenses and is corrected; this row is shown "
    "for its days anew, all others are unchanged.",
)
NAME_NOTE = (
    "第{row}行申请人姓名末字录入有误，现按身份证更正，其他内容不变。",
    "The last character of the name in row {row} was entered wrongly and is corrected; nothing else changes.",
)
WITHHELD_NOTE = (
    "第{row}行申请人依规定申请不公开姓名，经区民政局决定，该行不再显示姓名，其他内容不变。",
    "The name in row {row} is withheld on request by decision of the district bureau; nothing else changes.",
)
#: why a list was withdrawn, as the public reads it
NOT_SHOWN_NOTE = (
    "因一处社区公告栏改造施工，名单未能按规定在各社区同时张贴，现决定撤回，重新公示，公示期重新计算。",
    "One community's board was under repair, so the list did not hang in all communities at once as the "
    "rules ask. It is withdrawn and shown anew, for its full days.",
)
#: characters that are mistaken for one another at the counter
MISTAKEN = {
    "兰": "岚",
    "英": "瑛",
    "珍": "贞",
    "华": "桦",
    "梅": "玫",
    "霞": "遐",
    "玲": "铃",
    "强": "蔷",
    "军": "钧",
    "峰": "锋",
}
ELSE = "昕"
