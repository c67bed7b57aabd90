"""报送通知、提醒函、督办单：对谁说、说什么、发过什么；该用商请的用商请，一句责备也没有。"""

import datetime as dt
from pathlib import Path

import pytest
from docx import Document

from ipmeasures.commands.desk import Desk
from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"
DAY = ("--until", "2023-07-20")
BLAME = ("不力", "重视不够", "问责", "严重", "责令", "未完成任务")


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> None:
    """写文书的那天是 2023年7月15日，时限（7月10日）已过。"""
    monkeypatch.setattr(Desk, "today", property(lambda _: dt.date(2023, 7, 15)))


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    """一家报了，有落后的；一家整张退回；一家单项退回；其余没有报。"""
    answers = figures(I01="7.20", I09="6.8", M07_1="600")
    assert ipm("ingest", filled(BUREAU, "2023Q2", answers), "--received", "2023-07-05").status == 0
    for name, key in (("威海海关", "1"), ("荣成海关", "2")):
        ipm("ingest", filled(name, "2023Q2", figures(M05_1=key)), "--received", "2023-07-05")
    ipm("send-back", "2023Q2-0002", "--why", "样例")
    ipm("send-back", "2023Q2-0003", "--item", "M05-1", "--why", "样例")
    return ipm


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def letter(home: Path, label: str, agency: str, quarter: str = "2023Q2") -> str:
    return text_of(home / "reports" / f"{quarter}-{label}" / f"{label}-{agency}.docx")


def test_a_call_says_what_is_owed_by_when_with_which_form(ipm: Run, home: Path) -> None:
    """报送通知：人人有份，写明报几项、时限、随附哪份表；没有台账也能写。"""
    told = ipm("notice", "--quarter", "2023Q2", "--kind", "call")
    assert told.status == 0
    assert "报送通知 20 份" in told.out
    text = letter(home, "报送通知", "市文化和旅游局")
    assert (
        "关于报送\n《关于促进知识产权高质量发展的若干措施》\n2023年第二季度进展情况的通知" in text
    )
    assert "请你单位报送2023年第二季度进展情况" in text
    assert "2项指标" in text
    assert "版权产业的行业增加值占 GDP 比重、著作权作品登记数量" in text
    assert "2023年7月10日前" in text
    assert "附件：2023Q2-市文化和旅游局.xlsx" in text
    assert "〔联系人、电话待填〕" in text


@pytest.mark.parametrize("agency", ["市法院", "市检察院", "威海海关", "人民银行威海市中心支行"])
def test_those_not_under_the_city_are_asked_with_courtesy(
    ipm: Run, home: Path, agency: str
) -> None:
    """法院、检察院、海关、中央驻威单位：商请、贵单位、函；别的单位不用。"""
    ipm("notice", "--quarter", "2023Q2", "--kind", "call", "--agency", agency)
    text = letter(home, "报送通知", agency)
    assert "关于商请报送" in text
    assert "现商请贵单位" in text
    assert "进展情况的函" in text
    assert "你单位" not in text
    ipm("notice", "--quarter", "2023Q2", "--kind", "call", "--agency", "市公安局")
    assert "商请" not in letter(home, "报送通知", "市公安局")


def test_a_renamed_agency_is_addressed_by_its_present_name(
    ipm: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """更了名的，主送写当天的名称。"""
    monkeypatch.setattr(Desk, "today", property(lambda _: dt.date(2023, 10, 1)))
    ipm("notice", "--quarter", "2023Q3", "--agency", "威海银保监分局")
    text = letter(home, "报送通知", "威海银保监分局", "2023Q3")
    assert "国家金融监督管理总局威海监管分局：" in text


def test_a_reminder_lists_basis_due_actual_gap_and_ask(reported: Run, home: Path) -> None:
    """提醒函：落后的写依据、时限、目前、应达、差距、请做什么；达标的不列；何时前回复、找谁。"""
    told = reported("notice", "--quarter", "2023Q2", "--agency", BUREAU, *DAY)
    assert told.status == 0, told.err
    assert max(map(width, told.out.splitlines())) <= 80 + len(str(home))
    text = letter(home, "提醒函", BUREAU)
    for part in (
        "每万人口高价值发明专利拥有量（未达序时）",
        "主要指标，目标10.02件",
        "7.20件",
        "7.51件",
        "-6.1个百分点",
        "请说明原因，提出下一步措施（如期完成目标，今后每季度需增加0.28件）",
        "请你单位于2023年7月20日前",
    ):
        assert part in text, part
    assert "授权发明专利" not in text
    assert not any(word in text for word in BLAME)


def test_silent_and_sent_back_agencies(reported: Run, home: Path) -> None:
    """整张没有报的只说这一件；整张退回的、单项退回的各说各的；都报了又不落后的不写。"""
    told = reported("notice", "--quarter", "2023Q2", *DAY)
    assert told.status == 0
    silent = letter(home, "提醒函", "市公安局")
    assert "2023年第二季度进展情况报表（未报送）" in silent
    assert "请补报；确无进展的请报零报告" in silent
    back = letter(home, "提醒函", "威海海关")
    assert "进展情况报表（已退回）" in back
    assert "现商请贵单位于2023年7月20日前补报进展情况" in back
    item = letter(home, "提醒函", "荣成海关")
    assert "蓝网行动专项行动" in item
    assert "已退回，请改正后重报" in item


def test_a_supervision_sheet_has_a_number_and_room_to_reply(reported: Run, home: Path) -> None:
    """督办单：有编号，登记过的往后编；有给承办单位填的栏；提到此前发过什么。"""
    reported("notice", "--quarter", "2023Q2", "--agency", BUREAU, *DAY, "--sent")
    words = ("notice", "--quarter", "2023Q2", "--kind", "supervision", "--agency", BUREAU, *DAY)
    told = reported(*words, "--sent", "--by", "张三")
    assert "已登记 1 份督办单发出" in told.out
    text = letter(home, "督办单", BUREAU)
    assert "编号：2023Q2-督办-01" in text
    for part in ("办理情况", "未办结的原因", "承办人和联系电话", "单位负责人意见"):
        assert part in text
    assert "发提醒函。" in text
    assert not any(word in text for word in BLAME)
    reported(*words)
    assert "编号：2023Q2-督办-02" in letter(home, "督办单", BUREAU)
    assert "发通知 市市场监管局，理由：2023Q2督办单" in reported("log").out


def test_chat_names_who_and_never_how_far_behind(reported: Run) -> None:
    """群里的话：谁没有报、谁要重报；落后多少、谁落后不说；都报齐了说报齐了。"""
    told = reported("notice", "--quarter", "2023Q2", "--kind", "chat", *DAY).out
    assert "报送时限2023年7月10日（已过）" in told
    assert "还没有收到（17家）：市法院、" in told
    assert "已退回、请改正后重报（1家）：威海海关。" in told
    assert "有几项请改正后重报：荣成海关（M05-1）。" in told
    assert "请于2023年7月20日前报来" in told
    assert "百分点" not in told
    assert BUREAU not in told


def test_chat_when_everybody_has_reported(ipm: Run, filled: Fill, plan: object) -> None:
    """都报齐了：只说谢谢。"""
    from ipmeasures.plan.owed import agencies_owing  # noqa: PLC0415

    for name in agencies_owing(plan):  # type: ignore[arg-type]
        form = filled(name, "2023Q2", {}, {"报送方式": "零报告"}, name=f"{name}.xlsx")
        assert ipm("ingest", form, "--received", "2023-07-05").status == 0
    assert "各单位都已报齐" in ipm("notice", "--quarter", "2023Q2", "--kind", "chat").out


def test_before_the_deadline_it_is_a_call_afterwards_a_reminder(
    reported: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """不写种类的：时限以前是报送通知，过了是提醒函；季度不写的是最近结束的一个。"""
    assert "提醒函" in reported("notice").out
    monkeypatch.setattr(Desk, "today", property(lambda _: dt.date(2023, 7, 10)))
    assert "报送通知 20 份" in reported("notice").out


def test_an_edited_letter_is_kept(reported: Run, home: Path) -> None:
    """人改过的不覆盖。"""
    words = ("notice", "--quarter", "2023Q2", "--agency", "市公安局", *DAY)
    reported(*words)
    path = home / "reports" / "2023Q2-提醒函" / "提醒函-市公安局.docx"
    path.write_bytes(path.read_bytes() + b"edited")
    told = reported(*words)
    assert "没有覆盖" in told.out
    assert path.read_bytes().endswith(b"edited")


def test_nothing_to_remind(ipm: Run, filled: Fill) -> None:
    """没有欠的、没有落后的单位，不写提醒函。"""
    path = filled("市公安局", "2023Q2", {}, {"报送方式": "零报告"})
    ipm("ingest", path, "--received", "2023-07-05")
    told = ipm("notice", "--quarter", "2023Q2", "--agency", "市公安局", "--kind", "reminder", *DAY)
    assert told.status == 0
    assert "提醒函" in told.out


def test_what_is_refused(ipm: Run) -> None:
    """过去的回复日期、没有台账就登记，说清楚。"""
    assert "已经过去" in ipm("notice", "--until", "2023-07-01").err
    told = ipm("notice", "--quarter", "2023Q2", "--kind", "call", "--sent")
    assert (told.status, "没有台账可登记" in told.err) == (2, True)


def test_the_office_s_contact_is_a_setting(ipm: Run, home: Path) -> None:
    """设了联系人的，文书里写明。"""
    targets = home / "data" / "targets.yaml"
    text = targets.read_text("utf-8")
    targets.write_text(
        text.replace("  due_days: 10\n", "  due_days: 10\n  contact: 样例，0631-0\n"), "utf-8"
    )
    ipm("notice", "--quarter", "2023Q2", "--kind", "call", "--agency", "市公安局")
    assert "联系人：样例，0631-0" in letter(home, "报送通知", "市公安局")


def test_a_quarter_outside_the_plan_has_no_notices(ipm: Run) -> None:
    """计划期以外的季度不欠报，不写文书；看报送情况的，提醒一声。"""
    told = ipm("notice", "--quarter", "2026Q3")
    assert (told.status, told.out) == (2, "")
    assert "2026Q3 不在应报的 2021Q4 到 2025Q4 之内" in told.err
    assert "不在应报的" in ipm("returns", "--quarter", "2026Q1").err
    assert "不在应报的" in ipm("gaps", "--quarter", "2019Q4").err
    assert "不在应报的" not in ipm("gaps", "--quarter", "2026Q1").err


def test_a_notice_as_of_then(reported: Run, home: Path) -> None:
    """按那时在案的写：第一张回执以后别家都还没有报；不能一面看以前、一面登记今天发出。"""
    first = reported("notice", "--quarter", "2023Q2", "--kind", "chat").out
    then = reported("notice", "--quarter", "2023Q2", "--kind", "chat", "--as-of", "2023Q2-0001").out
    assert "退回" in first
    assert "退回" not in then
    wrong = reported("notice", "--quarter", "2023Q2", "--sent", "--as-of", "2023Q2-0001")
    assert (wrong.status, "不能与 --as-of 合用" in wrong.err) == (2, True)
    assert not list((home / "reports").glob("2023Q2-*函"))
