-- What a desk of several people needs: notes, waits, opt-outs, and figures kept as they happen.

-- Since when they want no marketing, and when they last told WhatsApp what they want.
ALTER TABLE customers ADD COLUMN opted_out_at INTEGER;
ALTER TABLE customers ADD COLUMN wished_at INTEGER;
-- When WhatsApp last told of another number or id of theirs.
ALTER TABLE customers ADD COLUMN renamed_at INTEGER;

-- Since when the customer waits for an answer, and how many messages went each way.
ALTER TABLE chats ADD COLUMN waiting_since INTEGER;
ALTER TABLE chats ADD COLUMN inbound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN outbound INTEGER NOT NULL DEFAULT 0;
CREATE INDEX chats_waiting ON chats (number, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX chats_pinned ON chats (number) WHERE pinned <> 0;
CREATE INDEX chats_labelled ON chats (number) WHERE labels IS NOT NULL;

CREATE TABLE notes (
    id         INTEGER PRIMARY KEY,
    customer   INTEGER NOT NULL REFERENCES customers (id),
    text       TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at  INTEGER
) STRICT;
CREATE INDEX notes_customer ON notes (customer);

CREATE INDEX messages_files ON messages (chat, ts) WHERE media IS NOT NULL;
CREATE INDEX messages_templates ON messages (chat, ts) WHERE kind = 14;

-- The price category of a template, as far as Meta has told it.
CREATE TABLE categories (
    org      INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    language TEXT    NOT NULL,
    category TEXT    NOT NULL,
    PRIMARY KEY (org, name, language)
) STRICT, WITHOUT ROWID;

-- Counts of a quarter of an hour (zones differ by quarters): what 1 inbound, 2 outbound, 3 sent,
-- 4 delivered, 5 read, 6 new customers, 7 conversations, 8 windows lost; 1000 and more: failed with
-- the code that is left when 1000 is taken away.
CREATE TABLE tallies (
    number  INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    what    INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (number, quarter, what)
) STRICT, WITHOUT ROWID;

-- How long each first answer took.
CREATE TABLE answers (
    number   INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    chat     INTEGER NOT NULL,
    took     INTEGER NOT NULL,
    PRIMARY KEY (number, asked_at, chat)
) STRICT, WITHOUT ROWID;

-- What is there already, counted once.
UPDATE chats SET
    inbound = (SELECT count(*) FROM messages m
        WHERE m.chat = chats.id AND m.bits & 3 = 0),
    outbound = (SELECT count(*) FROM messages m
        WHERE m.chat = chats.id AND m.bits & 3 = 1),
    waiting_since = (SELECT m.ts FROM messages m
        WHERE m.n = chats.last_message AND m.bits & 1 = 0 AND m.bits >> 8 = 0 AND m.kind <> 13);

INSERT INTO tallies (number, quarter, what, n)
    SELECT number, ts / 900000, 1 + (bits & 1), count(*) FROM messages
        WHERE bits & 2 = 0 GROUP BY 1, 2, 3
    UNION ALL
    SELECT m.number, m.ts / 900000, w.what, count(*)
        FROM messages m JOIN (SELECT 3 AS what, 4 AS least UNION ALL SELECT 4, 5 UNION ALL SELECT 5, 6) w
        ON m.status BETWEEN w.least AND 7
        WHERE m.bits & 3 = 1 GROUP BY 1, 2, 3
    UNION ALL
    SELECT number, ts / 900000, 1000 + max(coalesce(extra ->> '$.error.code', 0), 0), count(*)
        FROM messages WHERE bits & 3 = 1 AND status = 8 GROUP BY 1, 2, 3
    UNION ALL
    SELECT number, first / 900000, 6, count(*)
        FROM (SELECT number, min(ts) AS first FROM messages GROUP BY chat) GROUP BY 1, 2;
