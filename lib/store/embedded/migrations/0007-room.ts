/**
 * What each run takes, kept as running totals of its owner and of its plan: triggers carry them along in the transaction that changes the
 * run, whichever that is. `texts` holds long texts beside their JSON. What was removed to make room is remembered for its owner.
 */
export const room = `
  ALTER TABLE run_requests ADD COLUMN texts BLOB;
  ALTER TABLE run_results ADD COLUMN texts BLOB;
  ALTER TABLE runs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET bytes = 1024
    + coalesce((SELECT length(CAST(request AS BLOB)) FROM run_requests WHERE run = seq), 0)
    + coalesce((SELECT length(CAST(text AS BLOB)) FROM run_search WHERE run = seq), 0)
    + coalesce((SELECT length(CAST(result AS BLOB)) FROM run_results WHERE run = seq), 0)
    + coalesce((SELECT sum(length(bytes)) FROM artifacts WHERE run = seq), 0);
  CREATE INDEX runs_of_plan ON runs (plan, created_at, id);

  CREATE TABLE kept (
    owner TEXT PRIMARY KEY,
    runs INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    removed_runs INTEGER NOT NULL DEFAULT 0,
    removed_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE kept_of_plan (
    plan TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO kept (owner, runs, bytes) SELECT owner, count(*), sum(bytes) FROM runs GROUP BY owner;
  INSERT INTO kept_of_plan SELECT plan, sum(bytes) FROM runs GROUP BY plan;

  CREATE TRIGGER kept_more AFTER INSERT ON runs BEGIN
    INSERT INTO kept (owner, runs, bytes) VALUES (NEW.owner, 1, NEW.bytes)
      ON CONFLICT DO UPDATE SET runs = runs + 1, bytes = bytes + excluded.bytes;
    INSERT INTO kept_of_plan VALUES (NEW.plan, NEW.bytes)
      ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER kept_less AFTER DELETE ON runs BEGIN
    UPDATE kept SET runs = runs - 1, bytes = bytes - OLD.bytes WHERE owner = OLD.owner;
    UPDATE kept_of_plan SET bytes = bytes - OLD.bytes WHERE plan = OLD.plan;
    DELETE FROM kept WHERE owner = OLD.owner AND runs = 0 AND removed_runs = 0;
  END;
  CREATE TRIGGER kept_other AFTER UPDATE OF owner, plan, bytes ON runs
    WHEN OLD.owner <> NEW.owner OR OLD.plan <> NEW.plan OR OLD.bytes <> NEW.bytes BEGIN
    UPDATE kept SET runs = runs - 1, bytes = bytes - OLD.bytes WHERE owner = OLD.owner;
    UPDATE kept_of_plan SET bytes = bytes - OLD.bytes WHERE plan = OLD.plan;
    INSERT INTO kept (owner, runs, bytes) VALUES (NEW.owner, 1, NEW.bytes)
      ON CONFLICT DO UPDATE SET runs = runs + 1, bytes = bytes + excluded.bytes;
    INSERT INTO kept_of_plan VALUES (NEW.plan, NEW.bytes)
      ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
    DELETE FROM kept WHERE owner = OLD.owner AND runs = 0 AND removed_runs = 0;
  END;
`;
