-- How numbers are doing: when Meta last delivered, what it said of them, how their quality went, what
-- the last examination found.
ALTER TABLE numbers ADD COLUMN heard_at INTEGER;
ALTER TABLE numbers ADD COLUMN health TEXT;
UPDATE numbers SET heard_at = (SELECT max(last_inbound) FROM chats WHERE chats.number = numbers.id);

CREATE TABLE diagnoses (
    number INTEGER PRIMARY KEY REFERENCES numbers (id),
    at     INTEGER NOT NULL,
    checks TEXT    NOT NULL
) STRICT;

-- The worst of each day, by UTC.
CREATE TABLE qualities (
    number INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    rating TEXT    NOT NULL,
    PRIMARY KEY (number, day)
) STRICT, WITHOUT ROWID;

