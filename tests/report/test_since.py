"""总体情况里的要点：变化最大的、新完成的、新转为未达序时的、没有报的单位，都是算出来的。"""

from tests.report.samples import MARKET, Book, opening_quarter, real_plan, usual


def overview(book: Book, quarter: str) -> str:
    return "\n".join(book.view(quarter).overview)


def test_largest_rise_is_the_one_whose_share_moved_most() -> None:
    """一季度：专利代理机构 37.5%→50.0%，升 12.5 个百分点，比谁都多。"""
    told = overview(opening_quarter(), "2023Q1")
    assert "与上季度相比，完成率提高最多的是专利代理服务机构，由37.5%提高到50.0%。" in told


def test_no_new_figure_is_no_change() -> None:
    """沿用上次的数，不是变化。"""
    book = Book()
    book.figure("I04", "2022Q4", "44")
    book.figure("I04", "2023Q1", "未更新")
    book.figure("I04", "2023Q2", "未更新")
    assert "与上季度相比" not in overview(book, "2023Q2")


def test_a_new_year_starts_afresh_for_yearly_tasks() -> None:
    """一季度不拿当年的任务与上年四季度比；二季度起才比。"""
    book = Book()
    for quarter, value in (("2022Q4", "400"), ("2023Q1", "125"), ("2023Q2", "100")):
        book.figure("M07-1", quarter, value)
    assert "与上季度相比" not in overview(book, "2023Q1")
    assert "新转为未达序时的是授权发明专利" in overview(book, "2023Q2")


def test_silent_agencies_are_named_when_few_and_counted_when_many() -> None:
    told = overview(usual(), "2023Q2")
    assert (
        "未报送的有市地方金融监管局、威海银保监分局、人民银行威海市中心支行、市人力资源社会保障局。"
        in told
    )
    assert "未报送的有20家，名单见第六部分。" in overview(Book(), "2024Q1")
    book = Book()
    for agency in real_plan().agencies:
        book.receipt(agency.name, "2023Q2")
    assert "及时率100.0%。" in overview(book, "2023Q2")


def test_farthest_ahead_and_behind_with_the_year_they_come_from() -> None:
    told = overview(usual(), "2023Q2")
    assert "高于序时进度最多的是国家知识产权优势企业（沿用2022年数），高16.7个百分点" in told
    assert "低于序时进度最多的是海外发明专利授权量（沿用2022年数），低16.7个百分点。" in told


def test_equally_far_are_named_together() -> None:
    book = Book()
    for item in ("M15-1", "M15-2"):
        for year in ("2021", "2022"):
            book.figure(item, f"{year}Q4", "40" if item == "M15-1" else "5", MARKET)
        book.figure(item, "2023Q2", "20" if item == "M15-1" else "2.5")
    assert "低于序时进度最多的是质押登记、质押担保金额，低25.0个百分点" in overview(book, "2023Q2")


def test_nothing_to_compare_is_not_said() -> None:
    assert "尚未达到目标的事项中" not in overview(Book(), "2024Q1")


def test_measures_heard_and_silent() -> None:
    assert "23条措施中，5条本季度收到进展材料，18条未收到。" in overview(usual(), "2023Q2")
    heard = usual()
    for measure in real_plan().measures:
        heard.text(measure.id, "2023Q2", "progress", "开展工作。")
    assert "23条措施本季度均收到进展材料。" in overview(heard, "2023Q2")
    assert "23条措施第四季度均未收到进展材料。" in overview(Book(), "2021Q4")
