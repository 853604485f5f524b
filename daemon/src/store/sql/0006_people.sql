-- Who may come in and as what, what a token may do and until when, and a log of deeds that only grows.

-- What an organisation wrote stays when it is removed; its short name is free again.
ALTER TABLE orgs ADD COLUMN removed_at INTEGER;

CREATE TABLE operators (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    uid        INTEGER,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX operators_name ON operators (name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX operators_uid ON operators (uid) WHERE removed_at IS NULL AND uid IS NOT NULL;

CREATE TABLE operator_keys (
    id          INTEGER PRIMARY KEY,
    operator    INTEGER NOT NULL REFERENCES operators (id),
    key         TEXT    NOT NULL UNIQUE,
    fingerprint TEXT    NOT NULL,
    hash        BLOB    NOT NULL UNIQUE,
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX operator_keys_operator ON operator_keys (operator);

-- numbers: a JSON list of ours; nothing where all of the organisation's are meant.
CREATE TABLE memberships (
    operator INTEGER NOT NULL REFERENCES operators (id),
    org      INTEGER NOT NULL REFERENCES orgs (id),
    role     TEXT    NOT NULL CHECK (role IN ('owner', 'admin', 'agent', 'auditor')),
    numbers  TEXT,
    PRIMARY KEY (operator, org)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_org ON memberships (org);

-- Tokens made before go on as what they were: agents of their organisation, for good.
ALTER TABLE tokens ADD COLUMN role TEXT NOT NULL DEFAULT 'agent'
    CHECK (role IN ('owner', 'admin', 'agent', 'auditor'));
ALTER TABLE tokens ADD COLUMN numbers TEXT;
ALTER TABLE tokens ADD COLUMN expires_at INTEGER;

-- One chain for each organisation, 0 for the machine: hash is over the hash before and all the rest.
CREATE TABLE audit (
    chain  INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    who    TEXT    NOT NULL,
    by     TEXT    NOT NULL,
    deed   TEXT    NOT NULL,
    what   TEXT    NOT NULL,
    detail TEXT    NOT NULL,
    hash   BLOB    NOT NULL,
    PRIMARY KEY (chain, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log is only added to');
END;
