-- Organisations, numbers, customers, chats, messages, and what waits to be sent.
-- Times are milliseconds UTC. A wamid is the bytes behind its base64, shortened, where they give the
-- same text again, else the text itself.

CREATE TABLE orgs (
    id         INTEGER PRIMARY KEY,
    slug       TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY,
    org        INTEGER NOT NULL REFERENCES orgs (id),
    name       TEXT    NOT NULL,
    hash       BLOB    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE numbers (
    id              INTEGER PRIMARY KEY,
    org             INTEGER NOT NULL REFERENCES orgs (id),
    label           TEXT    NOT NULL,
    transport       INTEGER NOT NULL,
    phone           TEXT,
    phone_number_id TEXT    NOT NULL,
    waba_id         TEXT    NOT NULL,
    app_id          TEXT    NOT NULL,
    access_token    BLOB    NOT NULL,
    app_secret      BLOB    NOT NULL,
    app_secret_old  BLOB,
    verify_token    BLOB    NOT NULL,
    status          INTEGER NOT NULL,
    error           TEXT,
    verified_name   TEXT,
    quality_rating  TEXT,
    messaging_limit TEXT,
    throughput      TEXT,
    verified_at     INTEGER,
    last_sync_at    INTEGER,
    removed_at      INTEGER,
    revision        INTEGER NOT NULL,
    UNIQUE (org, phone_number_id)
) STRICT;
-- One number is worked for by one organisation at a time, and a label names one number.
CREATE UNIQUE INDEX numbers_active ON numbers (phone_number_id) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX numbers_label ON numbers (org, label) WHERE removed_at IS NULL;

CREATE TABLE customers (
    id             INTEGER PRIMARY KEY,
    org            INTEGER NOT NULL REFERENCES orgs (id),
    phone          TEXT,
    wa_id          TEXT,
    user_id        TEXT,
    parent_user_id TEXT,
    username       TEXT,
    name           TEXT,
    profile_name   TEXT,
    revision       INTEGER NOT NULL
) STRICT;

-- Every name by which a customer is found: kind 1 wa_id, 2 key of the phone number, 3 user id,
-- 4 the parent business's user id, 5 group, 6 username (only where there is nothing else).
CREATE TABLE identities (
    org      INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    value    TEXT    NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id),
    PRIMARY KEY (org, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_customer ON identities (customer);

CREATE TABLE chats (
    id           INTEGER PRIMARY KEY,
    number       INTEGER NOT NULL REFERENCES numbers (id),
    customer     INTEGER NOT NULL REFERENCES customers (id),
    closed       INTEGER NOT NULL DEFAULT 0,
    pinned       INTEGER NOT NULL DEFAULT 0,
    muted        INTEGER NOT NULL DEFAULT 0,
    unread       INTEGER NOT NULL DEFAULT 0,
    first_unread INTEGER,
    last_ts      INTEGER NOT NULL DEFAULT 0,
    last_message INTEGER,
    last_inbound INTEGER,
    receipted    INTEGER NOT NULL DEFAULT 0,
    assignee     TEXT,
    labels       TEXT,
    revision     INTEGER NOT NULL,
    UNIQUE (customer, number)
) STRICT;
CREATE INDEX chats_recent ON chats (number, last_ts, id);
-- Only the number: what changes with every message stays out of it.
CREATE INDEX chats_unread ON chats (number) WHERE unread > 0;

CREATE TABLE drafts (
    chat       INTEGER PRIMARY KEY REFERENCES chats (id),
    text       TEXT    NOT NULL,
    reply_to   BLOB,
    operator   TEXT,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE messages (
    n        INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL,
    chat     INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    wamid    ANY,
    bits     INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    status   INTEGER NOT NULL,
    ts       INTEGER NOT NULL,
    lag      INTEGER NOT NULL,
    text     TEXT,
    content  TEXT,
    reply    ANY,
    reply_n  INTEGER,
    media    INTEGER,
    sender   TEXT,
    extra    TEXT,
    revision INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_id ON messages (id);
CREATE UNIQUE INDEX messages_wamid ON messages (number, wamid) WHERE wamid IS NOT NULL;
CREATE INDEX messages_chat ON messages (chat, ts, n);
CREATE INDEX messages_failed ON messages (number, ts) WHERE status = 8;

-- Other ids of WhatsApp that lead to a message: its edits, its revocation, broken bodies' digests.
CREATE TABLE aliases (
    number  INTEGER NOT NULL,
    wamid   ANY     NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (number, wamid)
) STRICT, WITHOUT ROWID;

CREATE TABLE client_ids (
    org       INTEGER NOT NULL,
    client_id TEXT    NOT NULL,
    message   INTEGER NOT NULL,
    PRIMARY KEY (org, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pricings (
    id   INTEGER PRIMARY KEY,
    json TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE reports (
    message     INTEGER NOT NULL,
    k           INTEGER NOT NULL,
    word        ANY     NOT NULL,
    at          INTEGER NOT NULL,
    pricing     INTEGER,
    error       TEXT,
    participant TEXT,
    PRIMARY KEY (message, k)
) STRICT, WITHOUT ROWID;

-- Reports that came before their message.
CREATE TABLE orphans (
    id     INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    wamid  ANY     NOT NULL,
    report TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    UNIQUE (number, wamid, report)
) STRICT;

CREATE TABLE reactions (
    message INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    emoji   TEXT,
    at      INTEGER NOT NULL,
    PRIMARY KEY (message, who)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
    id       INTEGER PRIMARY KEY,
    org      INTEGER NOT NULL,
    meta_id  TEXT,
    mime     TEXT,
    filename TEXT,
    bytes    INTEGER,
    sha256   TEXT,
    url      TEXT,
    state    INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
    message   INTEGER PRIMARY KEY,
    number    INTEGER NOT NULL,
    chat      INTEGER NOT NULL,
    claimed   INTEGER NOT NULL DEFAULT 0,
    due       INTEGER NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER NOT NULL,
    error     TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (number, due, message) WHERE claimed = 0;
CREATE INDEX outbox_chat ON outbox (chat, message);
CREATE INDEX outbox_claimed ON outbox (number) WHERE claimed = 1;

CREATE TABLE receipts (
    chat   INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    wamid  ANY     NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE notices (
    id          INTEGER PRIMARY KEY,
    org         INTEGER,
    number      INTEGER,
    code        TEXT    NOT NULL,
    sentence    TEXT    NOT NULL,
    severity    INTEGER NOT NULL,
    detail      TEXT,
    fingerprint BLOB    NOT NULL UNIQUE,
    at          INTEGER NOT NULL,
    revision    INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    seq  INTEGER PRIMARY KEY,
    org  INTEGER,
    kind INTEGER NOT NULL,
    ref  INTEGER NOT NULL
) STRICT;

-- How far the events had come at a moment, noted at each sweep: cheaper than a time in each event.
CREATE TABLE marks (
    at  INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE journal (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    app    TEXT    NOT NULL,
    digest INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    reason TEXT,
    body   BLOB    NOT NULL
) STRICT;
-- Only of those not read yet: a digest lies anywhere, so an index of all would dirty a page for each.
CREATE INDEX journal_digest ON journal (digest) WHERE unread = 1;
CREATE INDEX journal_unread ON journal (id) WHERE unread = 1;

CREATE VIEW searchable (n, body, place) AS
    SELECT n, text, char(57344) || 'c' || chat || ' ' || char(57344) || 'n' || number FROM messages;

-- Messages whose words are not in the index yet.
CREATE TABLE unindexed (n INTEGER PRIMARY KEY) STRICT;

-- Two letters have lists of their own: a beginning so short would read the hits of every word.
CREATE VIRTUAL TABLE search USING fts5 (
    body, place,
    content = 'searchable', content_rowid = 'n', columnsize = 0, prefix = '2',
    tokenize = 'unicode61 remove_diacritics 2'
);
