-- What this device holds of each stream, kept as it grows, and ways to the few objects that are no segments:
-- a round must not cost more the longer the history is.

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

CREATE INDEX object_beside_segments ON object (type, device) WHERE type<>1;

DROP INDEX ix_object_state;

CREATE INDEX object_by_state ON object (state, epoch);

CREATE INDEX attachment_by_blob_id ON attachment (blob_id);

CREATE INDEX blob_to_place ON blob (id) WHERE placed=0;

CREATE INDEX blob_wanted ON blob (id) WHERE is_wanted=1;
