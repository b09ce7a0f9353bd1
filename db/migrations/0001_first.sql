-- The first schema: the log, the view over its cells, and one projection per kind of record.

CREATE TABLE action_item (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    engagement_id TEXT,
    title TEXT,
    owner_id TEXT,
    owner_name TEXT,
    start_on TEXT,
    due_on TEXT,
    status TEXT,
    done_on TEXT,
    progress_percent INTEGER,
    parent_id TEXT,
    stage TEXT,
    source_line_id TEXT,
    source_seed_id TEXT,
    source_issue_id TEXT,
    note TEXT,
    order_key TEXT,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX action_item_by_company_id ON action_item (company_id, due_on);

CREATE TABLE action_plan (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    engagement_id TEXT,
    goal TEXT,
    starts_on TEXT,
    ends_on TEXT,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX action_plan_by_company_id ON action_plan (company_id);

CREATE TABLE author (
    no INTEGER NOT NULL,
    user BLOB NOT NULL,
    device BLOB NOT NULL,
    PRIMARY KEY (no)
);

CREATE TABLE cell (
    id INTEGER NOT NULL,
    winner INTEGER,
    heads BLOB,
    conflicts BLOB,
    flags INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX cell_in_conflict ON cell (id) WHERE conflicts IS NOT NULL;

CREATE TABLE change (
    id INTEGER NOT NULL,
    cell INTEGER NOT NULL,
    time INTEGER NOT NULL,
    author INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value BLOB,
    parent INTEGER,
    segment INTEGER,
    PRIMARY KEY (id)
);

CREATE INDEX ix_change_cell ON change (cell);

CREATE TABLE company (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    name TEXT,
    kana TEXT,
    corporate_number TEXT,
    is_sole_proprietor BOOLEAN,
    representative_name TEXT,
    representative_kana TEXT,
    representative_title TEXT,
    postal_code TEXT,
    prefecture TEXT,
    city TEXT,
    street TEXT,
    employees_regular INTEGER,
    employees_part INTEGER,
    industry_major TEXT,
    industry_middle TEXT,
    products TEXT,
    capital_thousand_yen INTEGER,
    founded_on TEXT,
    size_override TEXT,
    is_deemed_large BOOLEAN,
    confidentiality TEXT,
    search_key TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE TABLE compartment (
    no INTEGER NOT NULL,
    cid BLOB NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (cid)
);

CREATE TABLE draft (
    scope TEXT NOT NULL,
    field TEXT NOT NULL,
    anchor TEXT DEFAULT '' NOT NULL,
    text TEXT NOT NULL,
    preedit TEXT DEFAULT '' NOT NULL,
    caret INTEGER DEFAULT '0' NOT NULL,
    scroll INTEGER DEFAULT '0' NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (scope, field)
)
 WITHOUT ROWID;

CREATE TABLE engagement (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    fiscal_year INTEGER,
    status TEXT,
    status_reason TEXT,
    status_on TEXT,
    stage TEXT,
    aim TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX engagement_by_company_id ON engagement (company_id, fiscal_year);

CREATE TABLE fld (
    no INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (name)
);

CREATE TABLE indicator (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    action_plan_id TEXT,
    name TEXT,
    unit TEXT,
    baseline TEXT,
    target TEXT,
    actual TEXT,
    order_key TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX indicator_by_action_plan_id ON indicator (action_plan_id);

CREATE TABLE intake_answer (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    code TEXT,
    value TEXT,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX intake_answer_by_company_id ON intake_answer (company_id);

CREATE TABLE ip_seed (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    engagement_id TEXT,
    name TEXT,
    kind TEXT,
    description TEXT,
    protection TEXT,
    protection_reason TEXT,
    useful_state TEXT,
    useful_note TEXT,
    non_public_state TEXT,
    non_public_note TEXT,
    managed_state TEXT,
    managed_note TEXT,
    order_key TEXT,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX ip_seed_by_company_id ON ip_seed (company_id);

CREATE TABLE issue (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    engagement_id TEXT,
    title TEXT,
    management_code TEXT,
    response TEXT,
    order_key TEXT,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX issue_by_company_id ON issue (company_id);

CREATE TABLE issued_document (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    kind TEXT,
    level TEXT,
    destination TEXT,
    pages INTEGER,
    sha256 TEXT,
    issued_at INTEGER,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX issued_document_by_company_id ON issued_document (company_id);

CREATE TABLE link (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    left_id TEXT,
    kind TEXT,
    right_id TEXT,
    present BOOLEAN,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX link_by_left_id ON link (left_id, kind);

CREATE INDEX link_by_right_id ON link (right_id, kind);

CREATE TABLE marker (
    name TEXT NOT NULL,
    value BLOB,
    PRIMARY KEY (name)
)
 WITHOUT ROWID;

CREATE TABLE master_item (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    kind TEXT,
    code TEXT,
    label TEXT,
    detail TEXT,
    management_codes TEXT,
    perspective_codes TEXT,
    is_hidden BOOLEAN,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE TABLE milestone (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    action_plan_id TEXT,
    title TEXT,
    due_on TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX milestone_by_action_plan_id ON milestone (action_plan_id);

CREATE TABLE note_line (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    support_session_id TEXT,
    text TEXT,
    stamped_at INTEGER,
    order_key TEXT,
    mark TEXT,
    is_secret BOOLEAN,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX note_line_by_support_session_id ON note_line (support_session_id, order_key);

CREATE INDEX note_line_deleted ON note_line (id) WHERE deleted=1;

CREATE TABLE person (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    side TEXT,
    name TEXT,
    kana TEXT,
    body TEXT,
    role TEXT,
    phone TEXT,
    email TEXT,
    duty TEXT,
    order_key TEXT,
    search_key TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX person_by_company_id ON person (company_id);

CREATE TABLE project_year (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    fiscal_year INTEGER,
    year_number INTEGER,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE TABLE rec (
    no INTEGER NOT NULL,
    rid BLOB NOT NULL,
    type TEXT NOT NULL,
    compartment INTEGER NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (rid)
);

CREATE INDEX ix_rec_compartment ON rec (compartment);

CREATE TABLE ref (
    child INTEGER NOT NULL,
    what INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    PRIMARY KEY (child, what, parent)
)
 WITHOUT ROWID;

CREATE TABLE save (
    no INTEGER NOT NULL,
    sid BLOB NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (sid)
);

CREATE TABLE support_session (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    company_id TEXT,
    engagement_id TEXT,
    starts_at TEXT,
    ends_at TEXT,
    method TEXT,
    place TEXT,
    purpose TEXT,
    next_on TEXT,
    next_time TEXT,
    next_topic TEXT,
    finished_at INTEGER,
    confidentiality TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX support_session_by_company_id ON support_session (company_id, starts_at);

CREATE INDEX support_session_by_next_on ON support_session (next_on) WHERE next_on IS NOT NULL;

CREATE INDEX support_session_by_starts_at ON support_session (starts_at);

CREATE TABLE team (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    compartment TEXT NOT NULL,
    deleted INTEGER DEFAULT '0' NOT NULL,
    conflicts INTEGER DEFAULT '0' NOT NULL,
    region TEXT,
    approval_boxes TEXT,
    meeting_name TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
);
