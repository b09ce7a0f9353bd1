-- What this device knows of sealed objects, of keys, and of contents that came twice under one id.

CREATE TABLE object (
    no INTEGER NOT NULL,
    oid BLOB NOT NULL,
    short_id BLOB NOT NULL,
    type INTEGER NOT NULL,
    device BLOB NOT NULL,
    stream BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    epoch BLOB NOT NULL,
    size INTEGER NOT NULL,
    state INTEGER NOT NULL,
    place_name TEXT NOT NULL,
    placed INTEGER,
    PRIMARY KEY (no),
    UNIQUE (oid)
);

CREATE TABLE object_bytes (
    no INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (no)
);

CREATE INDEX ix_object_short_id ON object (short_id);

CREATE INDEX ix_object_state ON object (state);

CREATE INDEX object_by_stream ON object (stream, sequence);

CREATE INDEX object_to_place ON object (no) WHERE placed=0;

CREATE TABLE epoch (
    id BLOB NOT NULL,
    compartment BLOB NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID;

CREATE TABLE stream (
    id BLOB NOT NULL,
    compartment BLOB NOT NULL,
    next_sequence INTEGER NOT NULL,
    last BLOB NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID;

CREATE TABLE twin (
    digest BLOB NOT NULL,
    change INTEGER NOT NULL,
    cell INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (digest)
)
 WITHOUT ROWID;

CREATE INDEX ix_twin_cell ON twin (cell);

CREATE INDEX change_unsent ON change (id) WHERE segment IS NULL;
