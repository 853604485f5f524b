-- Files: what is fetched when, what lies on the disk, what Meta holds of ours.

ALTER TABLE media ADD COLUMN number INTEGER;
ALTER TABLE media ADD COLUMN kind INTEGER;
-- What the bytes tell (size of a picture, length, waveform), as JSON.
ALTER TABLE media ADD COLUMN traits TEXT;
-- The content on the disk.
ALTER TABLE media ADD COLUMN file BLOB;
-- When it is fetched next; nothing where it is not to be.
ALTER TABLE media ADD COLUMN due INTEGER;
ALTER TABLE media ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
-- Somebody wants it, however large it is.
ALTER TABLE media ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN error TEXT;

CREATE INDEX messages_media ON messages (media) WHERE media IS NOT NULL;
CREATE INDEX media_due ON media (number, due) WHERE due IS NOT NULL;
CREATE INDEX media_file ON media (file) WHERE file IS NOT NULL;

-- Each content lies on the disk once; at: when it last came or was wanted.
CREATE TABLE files (
    digest BLOB PRIMARY KEY,
    bytes  INTEGER NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_at ON files (at, bytes);

-- Meta's ids of what we uploaded; each belongs to one number and lives 30 days.
CREATE TABLE uploads (
    number  INTEGER NOT NULL,
    digest  BLOB    NOT NULL,
    kind    INTEGER NOT NULL,
    meta_id TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (number, digest, kind)
) STRICT, WITHOUT ROWID;

-- What is there already: files that were told of and never fetched.
UPDATE media SET
    number = (SELECT m.number FROM messages m WHERE m.media = media.id),
    kind = (SELECT m.kind FROM messages m WHERE m.media = media.id);
UPDATE media SET due = at
    WHERE state = 0 AND number IS NOT NULL AND (meta_id IS NOT NULL OR url IS NOT NULL);
