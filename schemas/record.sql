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
  bytes  BLOB NOT NULL,      -- congress.json, manifests, bundles: as they came
  packed BLOB                -- ours alone: of a small bundle its ballots, held to sha256 whenever they are read
) STRICT;

-- Ours alone: the signature file that came beside a manifest.
CREATE TABLE manifest_signature(
  manifest TEXT PRIMARY KEY REFERENCES blob(sha256),
  p7s      BLOB NOT NULL
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

CREATE TRIGGER manifest_signature_once BEFORE INSERT ON manifest_signature
WHEN EXISTS (SELECT 1 FROM manifest_signature WHERE manifest = NEW.manifest)
BEGIN SELECT raise(ABORT, 'signatures are for ever'); END;

CREATE TRIGGER manifest_signature_is_kept BEFORE DELETE ON manifest_signature
BEGIN SELECT raise(ABORT, 'signatures are for ever'); END;

CREATE TRIGGER manifest_signature_stays BEFORE UPDATE ON manifest_signature
BEGIN SELECT raise(ABORT, 'signatures are for ever'); END;
