PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test viewers lock clean

demo: $(BIN)/.installed
	$(BIN)/ipm demo

test: $(BIN)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term

# 测试还用别的程序打开写出来的文件：有 apt 又是管理员的就装上；装不上的，那些测试说明理由跳过。
VIEWERS := libreoffice-calc libreoffice-writer chromium poppler-utils fonts-noto-cjk
viewers:
	@if (command -v soffice && command -v chromium && command -v pdftotext) >/dev/null; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends $(VIEWERS) >/dev/null; \
	else echo "没有装 $(VIEWERS)：要用它们的测试会跳过"; fi

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
