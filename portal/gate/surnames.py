"""Family names and words that begin like one (pure data): how a full Chinese name is told from a word."""

from __future__ import annotations

#: the most frequent family names, with which some 96 of 100 persons are called, and rarer ones
SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂"
    "成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫"
    "费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_DOUBLE = """
欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 端木 南宫 西门 独孤 长孙 宇文 轩辕 申屠
"""
DOUBLE = frozenset(_DOUBLE.split())
#: pairs of signs that stand in words of office and in no name
_WORDS = """
标准 居民 户籍 人口 家庭 补助 救助 保障 低保 特困 人均 收入 支出 资金 金额 合计 小计 平均 每月 每人
城市 农村 城乡 社区 街道 大学 学校 残疾 老年 儿童 孤儿 高龄 全年 全区 全市 全省 水电 燃气 供暖 房屋
车辆 医疗 住院 门诊 教育 就业 生活 临时 项目 经费 预算 决算 单位 部门 办公 公用 专项 明河 民政 审批
审核 确认 公示 公告 通知 文件 政策 规定 办法 条例 法律 法规 养老 服务 设施 护理 照料 供养 集中 分散
一级 二级 三级 重度 中度 轻度 单人 农业 农民 职工 工资 工作 工程 建设 购买 采购 房租 房产 车船 方面
方式 方案 时间 时限 时段 连续 连同 关于 关爱 成人 成员 成年 任务 任何 应急 应当 应发 高于 低于 向其
向受 路费 简化 简易 申请 申报 申领 包括 包含 游客 管理 管护 解决 解除 单独 单亲 单列 计划 万元 全额
全部 和其 于每 史志 文化 文书 石油 金融 钱款 华侨 华人 荣誉 明确 明细 连片 荣军 党员 党委 师范 师资
商业 商店 盛夏 夏季 冷库 卫生 米面 柴油 宗教 农药 农机 司法 古城 车费 车补 项下 项次 边境 查询 麻醉
池塘 时任 程序 程度 高校 高中 高温 高额 安置 安全 安葬 安装 康复 温暖 金秋 江河 江苏 山东 河南 湖南
广东 白天 白内 毛额 余额 余款 付款 付费 段落 易地 易返 左右 关系 安排 章节 童车 成本 成果 路灯 路面
管道 房间 房补 解释 连接 景区 席位 席次 应付 应收 商品 全日 全民 明年 明示 查验 查处 文具 曲线 万人
万户 方米 吉林 甘肃 宁夏 江西 贵州 安徽 陕西 云南 海南 区民 市民 县民
"""
WORDS = frozenset(_WORDS.split())
#: signs that end words of office and hardly a name
ENDS = frozenset("费款额类级局处县镇乡者元项档期次度率值户人区市省村街费院校厂部科所站队组会金")
#: a name that isn't told whole
HIDDEN = frozenset("某")


def is_full_name(word: str) -> bool:
    """Whether 2–4 Chinese signs read as a person's whole name."""
    if not 2 <= len(word) <= 4 or HIDDEN & set(word):
        return False
    double = word[:2] in DOUBLE
    if not double and (word[0] not in SINGLE or len(word) == 4 and word[1] not in SINGLE):
        return False
    if double and len(word) == 2:
        return False
    if len(word) > 2 and word[-1] in ENDS - set("金会人村"):
        return False
    return not any(word[at : at + 2] in WORDS for at in range(len(word) - 1))
