-- Lines that begin with a dot are for sqlite3 itself: this one reads the input into a table.
CREATE TABLE input (name TEXT);
.import /dev/stdin input

SELECT format('Hello, %s!', name) AS greeting, length(name) AS letters FROM input;

-- What a query finds can be asked again: a letter for each row, made by counting up.
WITH RECURSIVE letters (at, letter) AS (
    SELECT 1, lower(substr(name, 1, 1)) FROM input
    UNION ALL
    SELECT at + 1, lower(substr(name, at + 1, 1)) FROM letters, input WHERE at < length(name)
)
SELECT letter, count(*) AS count FROM letters GROUP BY letter ORDER BY letter;
