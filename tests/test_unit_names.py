"""Units of the real plan by what people type: what is found, and what is only suggested.

The three tables were written by hand, from the registry and from what bodies are called in offices;
they are no copy of what the program says.
"""

from __future__ import annotations

import pytest

from credit_plan.errors import AmbiguousNameError, UnknownNameError
from credit_plan.plan import Plan, Unit, UnitKind
from credit_plan.unit_names import _BODIES, find_unit

FOUND = """
市委组织部: 组织部 组织 绥芬河市委组织部 中共绥芬河市委组织部
市委宣传部: 宣传部 中共绥芬河市委宣传部
市委编办: 编办 市委机构编制委员会办公室 机构编制委员会办公室
市委网信办: 网信办 网信 绥芬河市委网信办
市直机关工委: 机关工委 市直属机关工委 市直属机关工作委员会 中共绥芬河市直属机关工作委员会
市纪委监委: 纪委 监委 市纪委 市监委 纪委监委 中共绥芬河市纪律检查委员会 绥芬河市监察委员会
市营商局: 营商局 营商 市营商环境局 营商环境 绥芬河市营商环境建设监督局
市发改局: 发改局 发改 发展和改革局 发展和改革
市教育局: 教育局 教育 绥芬河市教育局 绥芬河教育局 市　教育局 市教育
市工信科技局: 工信 工信科技
市公安局: 公安局 公安
市民政局: 民政局 民政
市民宗局: 民宗 民族宗教事务局
市司法局: 司法
市财政局: 财政 市财政局（市国资办） 国资办 市国资办
市人社局: 人社 人力资源 绥芬河市人力资源和社会保障局
市生态环境局: 生态环境局 生态
市住建局: 住建局 住建 住房 绥芬河市住房和城乡建设局
市交通运输局: 交通 交通运输
市农业农村局: 农业 农业农村局
市商务局: 商务
市文旅局: 文旅 文化 文化体育
市卫健局: 卫健 卫生 卫生健康局
市退役军人事务局: 退役军人 退役
市应急局: 应急 应急管理局
市市场监管局: 市场监管局 市场监管 市场 市场监督管理局
市统计局: 统计
市医保局: 医保 医疗保障局
法院: 市法院 人民法院 绥芬河市人民法院 绥芬河法院
市检察院: 检察院 检察 绥芬河市人民检察院
人民银行: 人行 市人行 中国人民银行 中国人民银行绥芬河市支行 中国人民银行绥芬河支行
海关: 绥芬河海关
市税务局: 税务 税务局 国家税务总局绥芬河市税务局
阜宁镇: 阜宁
市总工会: 总工会 绥芬河市总工会
团市委: 团委 市团委 共青团 共青团绥芬河市委 共青团绥芬河市委员会
市工商联: 工商联 工商业联合会
市信用信息共享平台信源单位: 信源 信源单位
"""

SUGGESTED = """
市委宣传部: 市政府宣传部 市直宣传部
市委组织部: 绥芬河市政府组织部 市委绥芬河镇
市教育局: 市委教育局
市公安局: 中共公安局 市政府公安局
海关: 市政府海关
市生态环境局: 环保局 环保 市环保局 环境保护局 绥芬河市环境保护局 环境局 生态局
市应急局: 安监局 安监 安全生产监督管理局 应急办
市文旅局: 体育局 旅游局 旅游 文化局 广电局 文广新局 文体局 文化旅游局 旅游发展委员会
市财政局: 国资委 国资局 市国有资产监督管理办公室 财政厅
市人社局: 社保局 社保 劳动局 人事局 劳动和社会保障局 人社厅 社会保障
市市场监管局: 工商局 市工商局 质监局 药监局 食药监局 市监局 监管 工商行政管理局 市场监管大队
银保监: 金融监管局 国家金融监督管理总局 中国银行保险监督管理委员会 银监局 银监会 保监局 银保监局
    银保监会 银监 保监 银保监绥芬河监管组
市住建局: 住建委 建委 建设局 建设 房产局 房管局 住房城乡建设局
市卫健局: 卫生局 卫计委 计生委 卫健委
市发改局: 发改委 计委 物价局 发展改革局 改革
市工信科技局: 工信局 工信委 经信委 经信 经信局 科技局 科技
市交通运输局: 交通局 运管站 交运局
市农业农村局: 农业局 农委 畜牧局
市商务局: 招商局 外贸局 商务厅
市民宗局: 民族局 宗教局
市税务局: 国税局 国税 地税局 地税 税务总局 国家
市纪委监委: 监察局 纪检委
市司法局: 法制办
市委宣传部: 文明办
市直机关工委: 工委
市总工会: 工会
市委编办: 编委办
人民银行: 银行 中国 人民银行绥芬河市支行 中国银行
市信用信息共享平台信源单位: 平台 信用
各相关单位: 各有关单位
法院: 中级人民法院
市公安局: 牡丹江市公安局 公安厅
市教育局: 黑龙江省教育厅 教玉局
绥芬河镇: 绥芬河
制度创新局: 创新局
"""
"""The first suggestion; nothing is found, so that nothing is booked on another unit."""

AMBIGUOUS = """
市委: 市委组织部 市委宣传部 市委编办 市委网信办
工商: 市工商联 市市场监管局
金融: 市金融服务中心 银保监
人民: 法院 市检察院 人民银行
"""

UNKNOWN = """
审计局 审计 信访局 残联 妇联 水务局 林业局 国土局 规划局 自然资源局 城管执法局 消防大队 边检 证监会
电力 口岸办 政法委 统战部 火星局 局 委 市政府办公室 市人民政府
"""
"""Bodies of which the plan has no unit are not mistaken for one that is spelt alike."""


def read_table(table: str) -> list[tuple[str, str]]:
    """Return pairs of what is typed and what it leads to."""
    lines = (line.split(": ") for line in table.replace("\n   ", "").strip().split("\n"))
    return [(typed, leads_to) for leads_to, names in lines for typed in names.split(" ")]


@pytest.mark.parametrize(("typed", "name"), read_table(FOUND))
def test_a_certain_name_is_found(plan: Plan, typed: str, name: str) -> None:
    assert find_unit(plan, typed).name == name


@pytest.mark.parametrize(("typed", "name"), read_table(SUGGESTED))
def test_a_former_or_neighbouring_name_is_only_a_suggestion(
    plan: Plan, typed: str, name: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_unit(plan, typed)
    assert caught.value.candidates[:1] == (name,)


@pytest.mark.parametrize("line", AMBIGUOUS.strip().split("\n"))
def test_a_word_that_begins_several_names_is_ambiguous(plan: Plan, line: str) -> None:
    typed, names = line.split(": ")
    with pytest.raises(AmbiguousNameError) as caught:
        find_unit(plan, typed)
    assert caught.value.candidates == tuple(names.split())


@pytest.mark.parametrize("typed", UNKNOWN.split())
def test_a_body_that_the_plan_does_not_name_is_unknown(plan: Plan, typed: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_unit(plan, typed)
    assert caught.value.candidates == ()


@pytest.mark.parametrize(
    "typed", ["商局", "民", "教", "市住健局", "教育局（市公安局）", "市司法局、市公安局"]
)
def test_a_piece_or_a_misspelt_name_is_nobody(plan: Plan, typed: str) -> None:
    with pytest.raises(UnknownNameError):
        find_unit(plan, typed)


def test_every_name_of_the_registry_means_its_unit(plan: Plan) -> None:
    for unit in plan.units:
        for name in unit.names:
            assert find_unit(plan, name) == unit
            assert find_unit(plan, f"{plan.city}{name.removeprefix(plan.city)}") == unit


@pytest.fixture
def county(plan: Plan) -> Plan:
    """Return an older plan of a county."""
    names = {
        "县环保局": "环境保护局",
        "县工商局": "",
        "县国土局": "",
        "县旅游局": "",
        "县文化局": "",
        "县委办公室": "",
        "县政府办公室": "",
    }
    units = tuple(
        Unit(name, UnitKind.GOVERNMENT, (alias,) if alias else ()) for name, alias in names.items()
    )
    return plan._replace(city="青山县", units=units)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("环保局", "县环保局"),
        ("青山县环境保护局", "县环保局"),
        ("青山旅游局", "县旅游局"),
        ("中共青山县委办公室", "县委办公室"),
        ("旅游", "县旅游局"),
    ],
)
def test_a_county_has_names_of_its_own(county: Plan, typed: str, name: str) -> None:
    assert find_unit(county, typed).name == name


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("生态环境局", ("县环保局",)),
        ("市场监管局", ("县工商局",)),
        ("自然资源局", ("县国土局",)),
        ("文旅局", ("县旅游局", "县文化局")),
    ],
)
def test_the_names_of_today_lead_to_those_of_an_older_plan(
    county: Plan, typed: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_unit(county, typed)
    assert caught.value.candidates == names


def test_what_is_above_a_body_is_not_the_body(plan: Plan) -> None:
    only = tuple(it for it in plan.units if not it.name.startswith("市委") or "宣传" in it.name)
    with pytest.raises(UnknownNameError) as caught:
        find_unit(plan._replace(units=only), "市委")
    assert "市委宣传部" in caught.value.candidates


def test_no_word_for_a_body_is_listed_twice() -> None:
    words = [word for row in _BODIES for words in row for word in words.split()]
    assert len(words) == len(set(words))


def test_a_name_of_two_bodies_is_ambiguous_without_what_is_above_them(county: Plan) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_unit(county, "办公室")
    assert caught.value.candidates == ("县委办公室", "县政府办公室")
