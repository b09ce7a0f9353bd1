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

-- Attached files: the record that travels, the encrypted file as far as this device has it, its small picture.

CREATE TABLE attachment (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    support_session_id TEXT,
    name TEXT,
    note TEXT,
    blob_id TEXT,
    blob_key TEXT,
    size INTEGER,
    media_type TEXT,
    added_at INTEGER,
    erased_at INTEGER,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX attachment_by_company_id ON attachment (company_id);

CREATE TABLE blob (
    id BLOB NOT NULL,
    size INTEGER NOT NULL,
    is_held INTEGER NOT NULL,
    is_wanted INTEGER NOT NULL,
    placed INTEGER,
    PRIMARY KEY (id)
)
 WITHOUT ROWID;

CREATE TABLE thumbnail (
    blob BLOB NOT NULL,
    picture BLOB NOT NULL,
    PRIMARY KEY (blob)
);
