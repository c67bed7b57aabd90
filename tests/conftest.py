"""测试的共同设置。"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="用当前输出更新 tests/golden/ 里的样本"
    )
