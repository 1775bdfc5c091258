# docgen 的第一道门；命令行 docgen 是同一回事，选项更全。`make help` 列出全部用法。
# 任何别的目标都当作文种：新增一种文书，这里不必改一行。

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
unexport PYTHONHOME PYTHONPATH

# 值只走环境变量，不经 make 与 shell 展开：APP='$(shell …)' 到程序里还是这几个字。
PYTHON ?= python3
VALUES := APP BUREAU NOTICE TRACK FINAL FORMAT DATE FILE TAKE TEXT AGAINST ALL PYTHON SECONDS SEED
$(foreach name,$(VALUES),$(eval override $(name) := $$(value $(name))))
export $(VALUES)
export FUZZ_SECONDS := $(value SECONDS)
export FUZZ_SEED := $(value SEED)
MAKEOVERRIDES :=

SETUP := command -v "$$PYTHON" >/dev/null || { echo '缺少 python3：请先安装 Python 3.11 或更新的版本。' >&2; exit 2; }; "$$PYTHON" -m docgen.setup
SOURCES := requirements.lock $(wildcard docgen/setup/*.py)
READY := .venv/ready.json .local/fonts/清单.json .local/libs/清单.json
READY_DEV := .venv/ready-dev.json
RUN := .venv/bin/python
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

OWN := help ready fonts test faults fuzz judge figures bench lock wheel clean
# 与目标同名的文件和文件夹（docs、tests……）不能挡住目标。
SHADOWING := $(filter-out $(OWN) Makefile requirements%.lock,$(filter $(wildcard *),$(MAKECMDGOALS)))

.DEFAULT_GOAL := help
.PHONY: $(OWN) $(SHADOWING) FORCE

define newline


endef

# 目标名用单引号括住，换行换成空格：对 shell 来说只是一个词。
ASK = DOCGEN_GOAL='$(subst $(newline), ,$(subst ','\'',$@))' $(RUN) -m docgen.cli.make

help: ## 列出用法
	@echo '用法：'
	@echo '  make 建设方案 APP=示例联合体         生成一种文书（也可：联合协议……）'
	@echo '  make 推荐意见 BUREAU=示例市工信局    主管部门的文书，每家一份'
	@echo '  make 全部 APP=… 或 BUREAU=…          该单位应出的全部文书'
	@echo '  make 检查 APP=… 或 BUREAU=…          对照通知逐条核验，先列一屏（ALL=1 全列；FORMAT=html,pdf 另出报告）'
	@echo '  make 守候 APP=… 或 BUREAU=…          边改边看：一保存就重新生成、核验，Ctrl-C 停止'
	@echo '  make 核对 APP=… 或 BUREAU=…          已生成的 Word 与 PDF 是否一致，有没有超页、放不下的'
	@echo '  make 匹配 APP=…                      够得上哪些通知，差什么，缺什么'
	@echo '  make 新建 APP=客户甲 NOTICE=…        新建一家的资料，每一项都列好（也可 BUREAU=…）'
	@echo '  make 报名表 NOTICE=…                 生成 Excel 报名表，一家一行（FILE=报名表.xlsx）'
	@echo '  make 导入 FILE=报名表.xlsx NOTICE=…  填好的写成资料（BUREAU=… 按行排推荐顺序）'
	@echo '  make 装订 APP=…                      申报材料与证明材料合成一册，编页码、做目录'
	@echo '  make 出处 FILE=成品.docx TEXT=…      一个数、一句话从哪里来（或 TEXT=字段 APP=…）'
	@echo '  make 比较 APP=… 或 BUREAU=…          生成之后改了什么（AGAINST=版本 比 git 里的）'
	@echo '可加：'
	@echo '  NOTICE=江苏数促中心-2026   只做这一个通知        FINAL=1          出定稿（有不通过则拒绝）'
	@echo '  FORMAT=docx,pdf            只出这些格式          DATE=2026-06-01  以此为今天'
	@echo '其他：'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)$$/  make \1 \2/p' Makefile
	@echo '首次运行会自动准备环境（只写 .venv 与 .local，不需要管理员权限）。'

ready: $(READY) ## 准备环境（首次运行任何目标时自动进行）
	@:

$(READY) &: $(SOURCES) $(if $(realpath $(RUN)),,FORCE)
	@$(SETUP)

$(READY_DEV): requirements-dev.lock $(SOURCES) $(if $(realpath $(RUN)),,FORCE)
	@$(SETUP) --dev

fonts: ## 重新核对字体与报告用的系统库，缺的补装
	@$(SETUP) --again

test: $(READY_DEV) $(READY) ## 代码检查与全部测试
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@$(RUN) -m pytest -n auto --dist loadgroup

faults: $(READY_DEV) $(READY) ## 故障注入：每一处写盘逐一断电、写满、出错（十分钟）
	@$(RUN) -m tests.faults

fuzz: $(READY_DEV) $(READY) ## 变异与随机输入（SECONDS=300 SEED=1）
	@$(RUN) -m tests.fuzz.long

judge: $(READY_DEV) $(READY) ## 请微软 Open XML SDK 核对全部成品（要有 npm 与网络）
	@$(RUN) -m tests.judge

figures: $(READY_DEV) $(READY) ## 测出 docs/可靠性.md 的各项数字（约二十分钟）
	@$(RUN) -m tests.figures

bench: $(READY) ## 测速
	@$(RUN) -m bench

lock: $(READY_DEV) ## 按 pyproject.toml 更新 requirements*.lock 到最新版本
	@$(RUN) -m uv pip compile $(LOCK) -o requirements.lock pyproject.toml
	@$(RUN) -m uv pip compile $(LOCK) -o requirements-dev.lock -c requirements.lock --extra dev pyproject.toml

wheel: $(READY_DEV) ## 打成安装包 dist/*.whl，连同通知、模板与示例
	@$(RUN) -m hatchling build -t wheel

clean: ## 清除缓存（不动 data、out、.venv 与 .local 里的字体）
	@find docgen tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .local/cache .local/log

.DEFAULT:
	@$(MAKE) --no-print-directory -s ready
	@$(ASK)

ifneq ($(SHADOWING),)
$(SHADOWING):
	@$(MAKE) --no-print-directory -s ready
	@$(ASK)
endif
