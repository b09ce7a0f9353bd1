-- Packs: objects that consist of other objects, with what stands before and behind these.

CREATE TABLE pack (
    no INTEGER NOT NULL,
    head BLOB NOT NULL,
    tail BLOB NOT NULL,
    noted_ms INTEGER NOT NULL,
    is_tidied INTEGER NOT NULL,
    PRIMARY KEY (no)
);

CREATE TABLE packed (
    pack INTEGER NOT NULL,
    place INTEGER NOT NULL,
    object INTEGER NOT NULL,
    PRIMARY KEY (pack, place)
)
 WITHOUT ROWID;

CREATE INDEX ix_packed_object ON packed (object);
