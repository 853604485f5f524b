-- Tokens from which numbers are being connected, sealed; and how far each number is on its way.
CREATE TABLE connects (
    id           INTEGER PRIMARY KEY,
    org          INTEGER NOT NULL REFERENCES orgs (id),
    app_id       TEXT    NOT NULL,
    access_token BLOB    NOT NULL,
    app_secret   BLOB    NOT NULL,
    verify_token BLOB    NOT NULL,
    seen         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX connects_app ON connects (org, app_id);

CREATE TABLE enrolments (
    number INTEGER PRIMARY KEY REFERENCES numbers (id),
    state  TEXT    NOT NULL,
    pin    BLOB
) STRICT;
