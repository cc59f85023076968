-- Personal data: the keys with which the personal fields of events are encrypted, one a person at a time. Destroying a key
-- erases what was written with it wherever it stands; events, hashes and proofs stay as they are.

-- As many rows as there are people who have said something; read by person, in batches, and kept in memory by each process.
create table person_keys (
    -- A pseudonym, as in the events.
    person text not null,
    -- 1, 2, 3 …: whoever writes after their key was destroyed gets the next, so that the old stays erased.
    number integer not null
        constraint person_keys_number_positive check (number > 0),
    -- Encrypted with a key that is not in the database. Null once destroyed.
    wrapped_key bytea,
    -- Erasing destroys the keys that were made before it was asked for, and none that was made later.
    created_at timestamptz not null default clock_timestamp(),
    destroyed_at timestamptz,
    constraint person_keys_pkey primary key (person, number),
    constraint person_keys_key_is_alive_or_destroyed check ((wrapped_key is null) = (destroyed_at is not null))
)
-- The row as it was, with its key, is to leave the table's pages soon after a destruction.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);

-- A person has one key at a time, whichever process makes it.
create unique index person_keys_alive on person_keys (person) where destroyed_at is null;

-- One row.
create table person_key_state (
    id boolean not null default true
        constraint person_key_state_pkey primary key
        constraint person_key_state_one_row check (id),
    -- A digest of the key that all others are encrypted with, set by the first process: one with another key must not start.
    wrapped_with bytea,
    -- Rises with every destruction, in the same transaction: whoever keeps keys in memory compares it.
    destructions bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

insert into person_key_state default values;

-- A destroyed key never comes back, and a key that encrypts something is never lost by mistake.
create function keep_person_keys()
returns trigger
language plpgsql
as $$
begin
    if tg_op = 'UPDATE' then
        if old.destroyed_at is not null then
            raise exception 'a destroyed key stays destroyed'
                using errcode = 'ML010';
        end if;
        if (new.person, new.number, new.created_at) is distinct from (old.person, old.number, old.created_at) then
            raise exception 'a key keeps its person and number'
                using errcode = 'ML011';
        end if;
        return new;
    end if;
    raise exception 'keys are destroyed, never deleted'
        using errcode = 'ML011';
end
$$;

create trigger person_keys_kept
before update or delete on person_keys
for each row execute function keep_person_keys();

create trigger person_keys_not_truncated
before truncate on person_keys
for each statement execute function keep_person_keys();
