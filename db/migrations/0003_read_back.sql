-- What the client answered when a 決定, 宿題 or day was read back.

CREATE TABLE read_back (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    support_session_id TEXT,
    line_id TEXT,
    action_id TEXT,
    outcome TEXT,
    read_as TEXT,
    person_id TEXT,
    answered_at INTEGER,
    their_wording TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX read_back_by_support_session_id ON read_back (support_session_id);
