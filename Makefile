PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lock clean

demo: $(BIN)/.installed
	$(BIN)/ipm demo

test: $(BIN)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term

# 依赖按带哈希的锁文件安装；锁文件或项目文件一变就重装。
$(BIN)/.installed: pyproject.toml requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本，可用 make PYTHON=python3.11 指定")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --no-index -e .
	$(BIN)/python -m compileall -q ipmeasures
	@touch $@

# 只在增减依赖时用：重新算锁文件（需要 uv）。
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements/run.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header -o requirements/dev.txt
	uv pip compile requirements/bench.in --universal --python-version 3.11 --generate-hashes --no-header -o requirements/bench.txt

clean:
	rm -rf .venv
