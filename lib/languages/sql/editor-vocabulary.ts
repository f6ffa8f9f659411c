import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "SELECT DISTINCT FROM WHERE GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET JOIN LEFT RIGHT FULL INNER OUTER CROSS NATURAL ON USING AS UNION ALL INTERSECT EXCEPT WITH RECURSIVE INSERT INTO VALUES UPDATE SET DELETE REPLACE CREATE TABLE TEMP VIEW INDEX TRIGGER UNIQUE PRIMARY KEY FOREIGN REFERENCES CHECK DEFAULT NOT NULL COLLATE NOCASE AUTOINCREMENT WITHOUT ROWID STRICT GENERATED ALWAYS DROP ALTER ADD COLUMN RENAME TO IF EXISTS AND OR IN BETWEEN LIKE GLOB REGEXP IS CASE WHEN THEN ELSE END CAST OVER PARTITION WINDOW ROWS RANGE GROUPS PRECEDING FOLLOWING UNBOUNDED CURRENT ROW FILTER BEGIN COMMIT ROLLBACK SAVEPOINT RELEASE TRANSACTION CONFLICT DO NOTHING RETURNING EXPLAIN QUERY PLAN PRAGMA ATTACH DETACH INTEGER REAL TEXT BLOB NUMERIC".split(
      " ",
    ),
  library:
    "abs avg ceil changes char coalesce concat concat_ws count cume_dist date datetime dense_rank exp first_value floor format glob group_concat hex ifnull iif instr json json_array json_array_length json_each json_extract json_group_array json_group_object json_object json_tree julianday lag last_insert_rowid last_value lead length ln log lower ltrim max min mod nth_value ntile nullif octet_length percent_rank pow power printf quote random rank replace round row_number rtrim sign sqrt strftime string_agg substr sum time timediff total trim typeof unhex unicode unixepoch upper generate_series sqlite_master sqlite_schema customers products orders order_lines".split(
      " ",
    ),
  snippets: [
    {
      label: "select",
      detail: "ask a table",
      body: "SELECT ${1:*}\nFROM ${2:table}\nWHERE ${3:condition};$0",
    },
    {
      label: "join",
      detail: "put two tables together",
      body: "JOIN ${1:table} ON ${1:table}.${2:id} = ${3:other}.${4:id}$0",
    },
    {
      label: "create",
      detail: "make a table",
      body: "CREATE TABLE ${1:name} (\n\tid INTEGER PRIMARY KEY,\n\t${2:value} TEXT NOT NULL\n);$0",
    },
    {
      label: "insert",
      detail: "add rows",
      body: "INSERT INTO ${1:table} (${2:columns}) VALUES\n\t(${3:values});$0",
    },
    {
      label: "recursive",
      detail: "rows that are made of rows",
      body: "WITH RECURSIVE ${1:counter} (${2:n}) AS (\n\tSELECT 1\n\tUNION ALL\n\tSELECT ${2:n} + 1 FROM ${1:counter} WHERE ${2:n} < ${3:10}\n)\nSELECT ${2:n} FROM ${1:counter};$0",
    },
    {
      label: "input",
      detail: "read the input into a table",
      body: "CREATE TABLE input (line TEXT);\n.import /dev/stdin input\n$0",
    },
  ],
};
