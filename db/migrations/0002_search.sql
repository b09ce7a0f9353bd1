-- The search index: derived from the projections, filled in the transaction that writes them.

CREATE TABLE search_item (
    no INTEGER NOT NULL,
    source INTEGER NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (source)
);

CREATE VIRTUAL TABLE search_text USING fts5(words, filters, content='', contentless_delete=1, prefix='1', tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");
