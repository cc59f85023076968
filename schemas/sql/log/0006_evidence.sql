-- Evidence: the log's Merkle tree (RFC 6962) and what was signed about it. One sealer at a time writes it, beside the log
-- and never in a writer's transaction. What is sealed is inserted once and never changed.

-- One row: who may seal, and how far it has come.
create table seals (
    id boolean not null default true
        constraint seals_pkey primary key
        constraint seals_one_row check (id),
    -- What checkpoints call this log, for ever: fixed by the first sealer.
    origin text not null,
    -- Rises with every change of sealer. Each write names the epoch and the size it believes in, so that a sealer that was
    -- paused past its lease changes nothing.
    epoch bigint not null,
    holder text not null,
    held_until timestamptz not null,
    -- Leaves of the tree: the position of the last event in it.
    size bigint not null
        constraint seals_size_not_negative check (size >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Full tiles, as C2SP tlog-tiles counts them: 256 hashes of 32 bytes. About 32 MB for a million events.
create table seal_tiles (
    level smallint not null
        constraint seal_tiles_level_known check (level between 0 and 7),
    tile bigint not null
        constraint seal_tiles_tile_not_negative check (tile >= 0),
    hashes bytea not null
        constraint seal_tiles_full check (octet_length(hashes) = 8192),
    constraint seal_tiles_pkey primary key (level, tile)
);

-- The partial tile of each level: the right edge of the tree, rewritten with every seal.
create table seal_edge (
    level smallint not null
        constraint seal_edge_pkey primary key,
    hashes bytea not null
        constraint seal_edge_partial check (octet_length(hashes) < 8192 and octet_length(hashes) % 32 = 0)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Hashes do not compress.
alter table seal_tiles alter column hashes set storage external;
alter table seal_edge alter column hashes set storage external;

-- What was signed, in the words that were signed. The key is what keeps two trees of one size from both being stored.
create table seal_checkpoints (
    size bigint not null
        constraint seal_checkpoints_pkey primary key
        constraint seal_checkpoints_size_positive check (size > 0),
    note text not null,
    signed_at timestamptz not null default clock_timestamp()
);

-- What witnesses signed under a checkpoint.
create table seal_cosignatures (
    size bigint not null
        constraint seal_cosignatures_checkpoint references seal_checkpoints (size),
    -- Name and id of the witness's key.
    witness text not null,
    line text not null,
    constraint seal_cosignatures_pkey primary key (size, witness)
);

-- The public keys that have signed, so that an export can name them all. Whoever checks must know them from elsewhere.
create table seal_keys (
    key text not null
        constraint seal_keys_pkey primary key,
    used_since timestamptz not null default clock_timestamp()
);
