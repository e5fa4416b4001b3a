-- The record: everything that happened, in order, for ever (docs/formats.md §4).
-- entry and blob are the contract; anyone may read them with any SQLite. What is appended is never changed.
PRAGMA application_id = 1263552597; -- "KPHU"
PRAGMA user_version = 1;

CREATE TABLE entry(
  seq   INTEGER PRIMARY KEY, -- 0, 1, 2 …
  bytes BLOB NOT NULL        -- canonical JSON of {at, body, by, kind, seq}
) STRICT;

CREATE TABLE blob(
  sha256 TEXT PRIMARY KEY,   -- of bytes
  bytes  BLOB NOT NULL       -- congress.json, manifests, bundles: as they came
) STRICT;

-- Ours alone: what is kept beside a file.
CREATE TABLE beside(
  sha256 TEXT PRIMARY KEY REFERENCES blob(sha256),
  bytes  BLOB NOT NULL       -- of a manifest the signature file that came with it; of a bundle its packed rows
) STRICT;

CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry)
BEGIN SELECT raise(ABORT, 'entries are appended in order'); END;

CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'entries are for ever'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'entries are for ever'); END;

CREATE TRIGGER blob_once BEFORE INSERT ON blob
WHEN EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256)
BEGIN SELECT raise(ABORT, 'blobs are for ever'); END;

CREATE TRIGGER blob_is_kept BEFORE DELETE ON blob BEGIN SELECT raise(ABORT, 'blobs are for ever'); END;
CREATE TRIGGER blob_stays BEFORE UPDATE ON blob BEGIN SELECT raise(ABORT, 'blobs are for ever'); END;

CREATE TRIGGER beside_once BEFORE INSERT ON beside
WHEN EXISTS (SELECT 1 FROM beside WHERE sha256 = NEW.sha256)
BEGIN SELECT raise(ABORT, 'what stands beside a blob is for ever'); END;

CREATE TRIGGER beside_is_kept BEFORE DELETE ON beside
BEGIN SELECT raise(ABORT, 'what stands beside a blob is for ever'); END;

CREATE TRIGGER beside_stays BEFORE UPDATE ON beside
BEGIN SELECT raise(ABORT, 'what stands beside a blob is for ever'); END;
