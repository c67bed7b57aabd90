-- 台账的格式，第 1 版。只增不改：每张表都拒绝 UPDATE、DELETE 和顶替式的 INSERT。
--
-- 所有表的行共用一个顺序号（link.number），每一行在 link 里占一环，环环相扣：
--   hash = SHA-256(上一环的 hash + 换行 + 表名 + 换行 + 该行内容的规范 JSON)
-- 规范 JSON 不写空值，所以以后加可空的列不影响旧行的摘要；二进制以其 SHA-256 代替。
-- 一次写入（一个事务）以一行 act 开头，其后直到下一行 act 都属于这一次。
-- 建表语句的文字随库保存，ipm verify 逐字核对，所以发布以后不再改字；要改就升版本。
-- 季度写作 2023Q2；日期 2023-07-05；时间为 UTC、带微秒；小数为不带指数的十进制文本。

PRAGMA application_id = 1229999436; -- “IPML”
PRAGMA user_version = 1;

-- 链：第几环、在哪张表、上一环和这一环的摘要。
CREATE TABLE link (
  number   INTEGER PRIMARY KEY CHECK (number > 0),
  kind     TEXT NOT NULL,
  previous TEXT NOT NULL CHECK (length(previous) = 64),
  hash     TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- 一次写入：入库（post）或办公室的一次决定（decide），何时、何人、哪个程序、当时的计划。
CREATE TABLE act (
  number      INTEGER PRIMARY KEY REFERENCES link (number),
  kind        TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  program     TEXT NOT NULL,
  plan        TEXT REFERENCES plan (digest) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX act_by_time ON act (recorded_at);

-- 计划的快照：按摘要只存一次；plan_source 是各个 YAML 的原文。
CREATE TABLE plan (
  number INTEGER PRIMARY KEY REFERENCES link (number),
  digest TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE plan_source (
  number  INTEGER PRIMARY KEY REFERENCES link (number),
  plan    TEXT NOT NULL REFERENCES plan (digest),
  name    TEXT NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (plan, name)
) STRICT;

-- 原件：报表、附件、印发的报告，同样的字节只存一次；name 是第一次见到时的名称。
CREATE TABLE file (
  number  INTEGER PRIMARY KEY REFERENCES link (number),
  sha256  TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  name    TEXT NOT NULL,
  size    INTEGER NOT NULL CHECK (size = length(content)),
  content BLOB NOT NULL
) STRICT;

-- 回执：一份原件里一个单位一个季度的报表。ordinal 是全台账的流水号，revision 是该单位该季度第几次。
CREATE TABLE receipt (
  number            INTEGER PRIMARY KEY REFERENCES link (number),
  receipt           TEXT NOT NULL UNIQUE,
  ordinal           INTEGER NOT NULL UNIQUE,
  act               INTEGER NOT NULL REFERENCES act (number),
  file              TEXT NOT NULL REFERENCES file (sha256),
  file_name         TEXT NOT NULL,
  agency            TEXT NOT NULL,
  agency_as_written TEXT NOT NULL,
  quarter           TEXT NOT NULL,
  revision          INTEGER NOT NULL CHECK (revision > 0),
  manner            TEXT NOT NULL,
  signed            TEXT NOT NULL, -- JSON：[[键, 值], …]
  received_on       TEXT NOT NULL,
  figures           INTEGER NOT NULL,
  texts             INTEGER NOT NULL,
  warnings          INTEGER NOT NULL,
  UNIQUE (agency, quarter, revision)
) STRICT;
CREATE INDEX receipt_by_quarter ON receipt (quarter);
CREATE INDEX receipt_by_act ON receipt (act);
CREATE INDEX receipt_by_file ON receipt (file);

-- 一格：一个数或一段文字。supersedes 是它取代的那一笔：每格一条不分叉的线，撤回也是线上的一笔。
CREATE TABLE entry (
  number     INTEGER PRIMARY KEY REFERENCES link (number),
  receipt    INTEGER NOT NULL REFERENCES receipt (number),
  agency     TEXT NOT NULL,
  quarter    TEXT NOT NULL,
  item       TEXT NOT NULL,
  field      TEXT NOT NULL,
  state      TEXT NOT NULL,
  value      TEXT,
  text       TEXT,
  data_at    TEXT,
  raw        TEXT NOT NULL,
  sheet      TEXT NOT NULL,
  cell       TEXT NOT NULL,
  supersedes INTEGER UNIQUE REFERENCES entry (number)
) STRICT;
CREATE UNIQUE INDEX entry_first ON entry (agency, quarter, item, field) WHERE supersedes IS NULL;
CREATE INDEX entry_by_quarter ON entry (quarter, agency);
CREATE INDEX entry_by_item ON entry (item, field, agency, quarter);
CREATE INDEX entry_by_receipt ON entry (receipt);

-- 对存疑的数的确认，随回执在案。
CREATE TABLE confirmation (
  number  INTEGER PRIMARY KEY REFERENCES link (number),
  receipt INTEGER NOT NULL REFERENCES receipt (number),
  item    TEXT NOT NULL,
  reason  TEXT NOT NULL
) STRICT;
CREATE INDEX confirmation_by_receipt ON confirmation (receipt);

-- 回执的附件；name 是这一次的名称。
CREATE TABLE attachment (
  number  INTEGER PRIMARY KEY REFERENCES link (number),
  receipt INTEGER NOT NULL REFERENCES receipt (number),
  file    TEXT NOT NULL REFERENCES file (sha256),
  name    TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_by_receipt ON attachment (receipt);

-- 办公室的决定：退回、锁定、解锁、改设定、印发……；subject 是回执、季度或文件，何人何时在 act 里。
CREATE TABLE decision (
  number  INTEGER PRIMARY KEY REFERENCES link (number),
  act     INTEGER NOT NULL REFERENCES act (number),
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,
  item    TEXT,
  why     TEXT NOT NULL,
  detail  TEXT -- JSON
) STRICT;
CREATE INDEX decision_by_subject ON decision (subject, kind);

-- 接在链尾，才准写。
CREATE TRIGGER link_in_order BEFORE INSERT ON link
WHEN NEW.number <> coalesce((SELECT max(number) FROM link), 0) + 1
  OR NEW.previous <> coalesce(
    (SELECT hash FROM link ORDER BY number DESC LIMIT 1),
    '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN SELECT RAISE(ABORT, '台账只能接在链尾写'); END;

-- 只取代同一格的上一笔。
CREATE TRIGGER entry_same_cell BEFORE INSERT ON entry
WHEN NEW.supersedes IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM entry WHERE number = NEW.supersedes AND agency = NEW.agency
    AND quarter = NEW.quarter AND item = NEW.item AND field = NEW.field)
BEGIN SELECT RAISE(ABORT, '取代的不是同一格'); END;

-- 拒绝顶替：INSERT OR REPLACE 会悄悄删掉旧行，所以凡有唯一约束的键都先看在不在；
-- 行还必须在链上、登记的正是这张表。
CREATE TRIGGER act_no_replace BEFORE INSERT ON act
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'act')
  OR EXISTS (SELECT 1 FROM act WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '台账只增不改：act'); END;

CREATE TRIGGER plan_no_replace BEFORE INSERT ON plan
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'plan')
  OR EXISTS (SELECT 1 FROM plan WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM plan WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, '台账只增不改：plan'); END;

CREATE TRIGGER plan_source_no_replace BEFORE INSERT ON plan_source
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'plan_source')
  OR EXISTS (SELECT 1 FROM plan_source WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM plan_source WHERE plan = NEW.plan AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, '台账只增不改：plan_source'); END;

CREATE TRIGGER file_no_replace BEFORE INSERT ON file
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'file')
  OR EXISTS (SELECT 1 FROM file WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM file WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, '台账只增不改：file'); END;

CREATE TRIGGER receipt_no_replace BEFORE INSERT ON receipt
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'receipt')
  OR EXISTS (SELECT 1 FROM receipt WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM receipt WHERE receipt = NEW.receipt)
  OR EXISTS (SELECT 1 FROM receipt WHERE ordinal = NEW.ordinal)
  OR EXISTS (SELECT 1 FROM receipt
             WHERE agency = NEW.agency AND quarter = NEW.quarter AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, '台账只增不改：receipt'); END;

CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'entry')
  OR EXISTS (SELECT 1 FROM entry WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM entry WHERE supersedes = NEW.supersedes)
  OR NEW.supersedes IS NULL AND EXISTS (
    SELECT 1 FROM entry WHERE supersedes IS NULL AND agency = NEW.agency
      AND quarter = NEW.quarter AND item = NEW.item AND field = NEW.field)
BEGIN SELECT RAISE(ABORT, '台账只增不改：entry'); END;

CREATE TRIGGER confirmation_no_replace BEFORE INSERT ON confirmation
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'confirmation')
  OR EXISTS (SELECT 1 FROM confirmation WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '台账只增不改：confirmation'); END;

CREATE TRIGGER attachment_no_replace BEFORE INSERT ON attachment
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'attachment')
  OR EXISTS (SELECT 1 FROM attachment WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '台账只增不改：attachment'); END;

CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM link WHERE number = NEW.number AND kind = 'decision')
  OR EXISTS (SELECT 1 FROM decision WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '台账只增不改：decision'); END;

-- 拒绝改和删。
CREATE TRIGGER link_no_update BEFORE UPDATE ON link
BEGIN SELECT RAISE(ABORT, '台账只增不改：link'); END;
CREATE TRIGGER link_no_delete BEFORE DELETE ON link
BEGIN SELECT RAISE(ABORT, '台账只增不改：link'); END;
CREATE TRIGGER act_no_update BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, '台账只增不改：act'); END;
CREATE TRIGGER act_no_delete BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, '台账只增不改：act'); END;
CREATE TRIGGER plan_no_update BEFORE UPDATE ON plan
BEGIN SELECT RAISE(ABORT, '台账只增不改：plan'); END;
CREATE TRIGGER plan_no_delete BEFORE DELETE ON plan
BEGIN SELECT RAISE(ABORT, '台账只增不改：plan'); END;
CREATE TRIGGER plan_source_no_update BEFORE UPDATE ON plan_source
BEGIN SELECT RAISE(ABORT, '台账只增不改：plan_source'); END;
CREATE TRIGGER plan_source_no_delete BEFORE DELETE ON plan_source
BEGIN SELECT RAISE(ABORT, '台账只增不改：plan_source'); END;
CREATE TRIGGER file_no_update BEFORE UPDATE ON file
BEGIN SELECT RAISE(ABORT, '台账只增不改：file'); END;
CREATE TRIGGER file_no_delete BEFORE DELETE ON file
BEGIN SELECT RAISE(ABORT, '台账只增不改：file'); END;
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, '台账只增不改：receipt'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, '台账只增不改：receipt'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, '台账只增不改：entry'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, '台账只增不改：entry'); END;
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, '台账只增不改：confirmation'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, '台账只增不改：confirmation'); END;
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, '台账只增不改：attachment'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, '台账只增不改：attachment'); END;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, '台账只增不改：decision'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, '台账只增不改：decision'); END;
