.mode list
.headers off

CREATE TABLE squares AS
WITH RECURSIVE square (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM square WHERE number < 8)
SELECT number FROM square;

-- Each row of the board makes longer ways of those so far; `columns` has a digit for each queen.
CREATE TABLE solutions AS
WITH RECURSIVE place (row, columns) AS (
    SELECT 0, ''
    UNION ALL
    SELECT row + 1, columns || number
    FROM place, squares
    WHERE row < 8 AND NOT EXISTS (
        SELECT * FROM squares AS above
        WHERE above.number <= row
            AND abs(substr(columns, above.number, 1) - squares.number) IN (0, row + 1 - above.number)
    )
)
SELECT columns FROM place WHERE row = 8;

SELECT substr('. . . . . . . ', 1, 2 * column - 2) || 'Q' || substr(' . . . . . . .', 1, 16 - 2 * column)
FROM (
    SELECT number AS row, substr((SELECT min(columns) FROM solutions), number, 1) AS column
    FROM squares
)
ORDER BY row;

SELECT count(*) || ' solutions' FROM solutions;
