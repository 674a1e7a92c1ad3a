"""What the demo's officials write: visits, opinions, requests, decisions; in Chinese, as in office."""

from __future__ import annotations

from random import Random

from portal.demo.situations import Situation

HOMES = (
    "住房为上世纪八十年代建的单元房，约四十平方米，墙面多处返潮。",
    "租住一间平房，面积约二十平方米，厨房与邻居合用。",
    "住房为企业旧家属楼一居室，水电齐全，家具陈旧。",
    "住房为自有两居室，无装修，客厅兼作卧室。",
    "现住公租房一套，月租金一百二十元，屋内整洁。",
    "住房为棚户区改造安置房，约五十平方米，仅有必要家具。",
)
LIVING = (
    "家中有旧电视机和冰箱各一台，无贵重物品。",
    "日常饮食简单，衣物多为亲友赠送。",
    "做饭用液化气，冬季靠电热毯取暖，上月水电费合计六十余元。",
    "室内无空调，家用电器均为旧物，未见机动车。",
    "药品占日常开支大半，近期无大额消费。",
)
NEIGHBOURS = (
    "走访邻居两户，均反映情况属实。",
    "向楼长和邻居了解，所述与申请人一致。",
    "邻里访问三人，均表示该户生活确有困难。",
)
SECOND_LOOK = (
    "街道复核：实地查看与社区调查一致，逐项核对了收入凭证。",
    "街道入户核查：申请人及在场成员陈述清楚，材料原件已核对。",
    "街道调查组查看住房和存折，与申报一致，未发现漏报财产。",
)
DISTRICT_LOOK = "区级入户抽查：该户系单独登记备案对象，逐项核对家庭成员、收入和财产，与街道初审意见一致。"

CHECKED = (
    "经与公安、人社、税务、不动产登记、市场监管、公积金及银行信息比对，未发现与申报不一致。",
    "各数据源比对完成，名下无机动车、无经营主体登记，存款低于规定限额。",
    "比对结果与申报相符；不动产登记信息仅现居住房一套。",
)
EXAMINED = (
    "经入户调查和邻里走访，家庭成员、收入和财产与申报相符，同意上报街道审核。",
    "该户共同生活成员{persons}人，情况属实，建议上报。",
    "调查人员与在场成员均已签字，情况清楚，同意上报街道。",
)
DOUBTED = "入户时了解到的收入与申报有出入，已在调查表中注明，请街道重点核对。"
EXPLAINED = "已约谈申请人夫妻：承认未如实申报一方工资收入，街道按核实后的收入重新计算，见初审意见。"
RECOMMENDED = (
    "经审核，该户共同生活成员{persons}人，主要收入为{source}，人均月收入低于本区低保标准，建议予以确认。",
    "初审认为该户符合最低生活保障条件，建议纳入保障，按补差方式核定。",
    "材料齐全、调查程序完备，信息核对相符，建议予以确认。",
)
ADVISED_AGAINST = (
    "核实后的家庭人均月收入高于本区低保标准，不符合条件，建议不予确认。可另行了解临时救助和就业援助。"
)
APPROVED = (
    "同意街道初审意见，自作出确认决定的次月起发放。",
    "予以确认，自次月起发放保障金。",
    "公示期内无异议，予以确认。",
)
REFUSED_INCOME = "经核实，家庭人均月收入高于本区最低生活保障标准，依照《最低生活保障审核确认办法》不予确认。"
REFUSED_PROPERTY = (
    "公示后复核不动产登记，申请人名下另有住房一套并用于出租，家庭财产超过本区规定限额，不予确认。"
    "如不服本决定，可依法申请行政复议或者提起行政诉讼。"
)
ASKED = (
    "请一次性补齐：一、家庭成员户口簿首页和本人页复印件；二、近六个月工资领取凭证；三、家庭经济状况核对授权书，"
    "共同生活的成年成员均须签字。",
    "请一次性补齐：一、残疾人证或诊断证明复印件；二、房屋租赁合同；三、抚养费给付的调解书或判决书。",
)
HANDED_IN = ("材料已补齐，重新提交。", "已按一次性告知书补齐材料。")
SENT_BACK = "初审材料中缺妻子一方的收入凭证，请重新入户核实后补正，并完善初审意见。"


class Clerk:
    """Writes for one case; the same seed writes the same words."""

    def __init__(self, rng: Random, situation: Situation, persons: int) -> None:
        self._rng = rng
        self._situation = situation
        self._persons = persons

    def community_visit(self) -> str:
        return "".join(
            (
                self._rng.choice(HOMES),
                f"{self._situation.story}。",
                self._rng.choice(LIVING),
                f"申报的收入来源为{self._situation.source}。",
                self._rng.choice(NEIGHBOURS),
            )
        )

    def street_visit(self) -> str:
        return self._rng.choice(SECOND_LOOK) + self._rng.choice(LIVING)

    def check_remarks(self) -> str:
        return self._situation.mismatch or self._rng.choice(CHECKED)

    def examined(self) -> str:
        return DOUBTED if self._situation.mismatch else self._filled(EXAMINED)

    def recommended(self) -> str:
        return self._filled(RECOMMENDED)

    def approved(self) -> str:
        return self._rng.choice(APPROVED)

    def asked(self) -> str:
        return self._rng.choice(ASKED)

    def handed_in(self) -> str:
        return self._rng.choice(HANDED_IN)

    def _filled(self, choices: tuple[str, ...]) -> str:
        words = self._rng.choice(choices)
        return words.format(persons=self._persons, source=self._situation.source)
