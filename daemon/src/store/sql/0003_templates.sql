-- Templates as Meta last told them, what was sent with them to whom, and the replies that a team keeps.

CREATE TABLE templates (
    id        INTEGER PRIMARY KEY,
    org       INTEGER NOT NULL REFERENCES orgs (id),
    waba      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    status    TEXT    NOT NULL,
    category  TEXT    NOT NULL,
    words     TEXT    NOT NULL,
    details   TEXT    NOT NULL,
    synced_at INTEGER,
    revision  INTEGER NOT NULL,
    UNIQUE (org, waba, name, language)
) STRICT;

-- When an account was last asked for all of its templates, and since when it should be asked again.
CREATE TABLE template_syncs (
    org       INTEGER NOT NULL,
    waba      TEXT    NOT NULL,
    synced_at INTEGER,
    wanted_at INTEGER,
    PRIMARY KEY (org, waba)
) STRICT, WITHOUT ROWID;

-- What a template was last filled with for a customer.
CREATE TABLE template_values (
    customer INTEGER NOT NULL,
    template INTEGER NOT NULL,
    "values" TEXT    NOT NULL,
    PRIMARY KEY (customer, template)
) STRICT, WITHOUT ROWID;

-- A reply thrown away stays as a name without words, so that its last event can be told.
CREATE TABLE replies (
    id         INTEGER PRIMARY KEY,
    org        INTEGER NOT NULL REFERENCES orgs (id),
    name       TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    media      TEXT,
    operator   TEXT,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    revision   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX replies_name ON replies (org, name) WHERE deleted_at IS NULL;
