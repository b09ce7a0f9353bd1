-- What a round and the first page ask for must not cost more the longer the history is. What this device holds of
-- each stream is kept as it grows, and indexes lead to the few objects that are no segments.

CREATE TABLE held_stream (
    stream BLOB NOT NULL,
    device BLOB NOT NULL,
    held INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    PRIMARY KEY (stream, device)
)
 WITHOUT ROWID;

INSERT INTO held_stream(stream, device, held, sequence, newest, latest)
    SELECT stream, device, count(DISTINCT sequence), max(sequence), 0, 0
    FROM object WHERE type=1 GROUP BY stream, device;

UPDATE held_stream SET
    newest=(SELECT min(no) FROM object WHERE type=1 AND object.stream=held_stream.stream
        AND object.sequence=held_stream.sequence AND object.device=held_stream.device),
    latest=(SELECT max(no) FROM object WHERE type=1 AND object.stream=held_stream.stream
        AND object.device=held_stream.device);

-- Further objects that carry a change: it counts where one of them does.

CREATE TABLE carried_again (
    change INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    PRIMARY KEY (change, segment)
)
 WITHOUT ROWID;

CREATE INDEX ix_carried_again_segment ON carried_again (segment);

CREATE INDEX object_beside_segments ON object (type, device) WHERE type<>1;

DROP INDEX ix_object_state;

CREATE INDEX object_by_state ON object (state, epoch);

CREATE INDEX attachment_by_blob_id ON attachment (blob_id);

CREATE INDEX blob_to_place ON blob (id) WHERE placed=0;

CREATE INDEX blob_wanted ON blob (id) WHERE is_wanted=1;

-- 今日 and 同期 ask for the few records that are deleted, and for texts that were put together: a history must not
-- be read for that.

DROP INDEX note_line_deleted;

CREATE INDEX action_item_deleted ON action_item (deleted) WHERE deleted<>0;

CREATE INDEX action_plan_deleted ON action_plan (deleted) WHERE deleted<>0;

CREATE INDEX attachment_deleted ON attachment (deleted) WHERE deleted<>0;

CREATE INDEX company_deleted ON company (deleted) WHERE deleted<>0;

CREATE INDEX engagement_deleted ON engagement (deleted) WHERE deleted<>0;

CREATE INDEX indicator_deleted ON indicator (deleted) WHERE deleted<>0;

CREATE INDEX intake_answer_deleted ON intake_answer (deleted) WHERE deleted<>0;

CREATE INDEX ip_seed_deleted ON ip_seed (deleted) WHERE deleted<>0;

CREATE INDEX issue_deleted ON issue (deleted) WHERE deleted<>0;

CREATE INDEX issued_document_deleted ON issued_document (deleted) WHERE deleted<>0;

CREATE INDEX link_deleted ON link (deleted) WHERE deleted<>0;

CREATE INDEX master_item_deleted ON master_item (deleted) WHERE deleted<>0;

CREATE INDEX milestone_deleted ON milestone (deleted) WHERE deleted<>0;

CREATE INDEX note_line_deleted ON note_line (deleted) WHERE deleted<>0;

CREATE INDEX person_deleted ON person (deleted) WHERE deleted<>0;

CREATE INDEX project_year_deleted ON project_year (deleted) WHERE deleted<>0;

CREATE INDEX read_back_deleted ON read_back (deleted) WHERE deleted<>0;

CREATE INDEX support_session_deleted ON support_session (deleted) WHERE deleted<>0;

CREATE INDEX team_deleted ON team (deleted) WHERE deleted<>0;

CREATE INDEX cell_merged ON cell (id) WHERE flags&2;
