import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a file beside it": {
      code: ".read half.sql\n.mode list\nSELECT value + 1 FROM half;\n",
      files: [{ path: "half.sql", content: "CREATE TABLE half AS SELECT 3 AS value;\n" }],
      prints: "4\n",
    },
    "characters are not bytes": {
      code: ".mode list\n.headers off\nSELECT length('Grüße, 世界'), octet_length('Grüße, 世界'), substr('Grüße, 世界', -2);\n",
      prints: "9|15|世界\n",
    },
    "tables are drawn": {
      code: "CREATE TABLE t (word TEXT, number);\nINSERT INTO t VALUES ('Grüße', 1), (NULL, 2.5);\nSELECT * FROM t;\n",
      prints:
        "┌───────┬────────┐\n│ word  │ number │\n├───────┼────────┤\n│ Grüße │ 1      │\n│       │ 2.5    │\n└───────┴────────┘\n",
    },
    "the sample's tables, and its own of the same name": {
      code: ".mode list\n.headers off\nSELECT name FROM customers WHERE id = 1;\nCREATE TABLE customers (name TEXT);\nSELECT count(*) FROM customers;\n",
      prints: "Ada\n0\n",
    },
  },
  failures: {
    "a syntax error": {
      code: "SELECT 1;\n\nSELECT *\nFORM t;\n",
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: 'near "FORM": syntax error' },
    },
    "a broken rule": {
      code: "CREATE TABLE t (x INTEGER CHECK (x > 0));\nINSERT INTO t VALUES (1);\n\nINSERT INTO t VALUES (0);\n",
      status: "error",
      marked: {
        line: 4,
        column: null,
        severity: "error",
        message: "CHECK constraint failed: x > 0 (19)",
      },
    },
  },
  halfLines: {
    "another program's":
      ".system printf loading\nWITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT count(*) FROM n;\n",
  },
  memoryHog:
    "CREATE TABLE kept (block BLOB);\nWITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n)\nINSERT INTO kept SELECT randomblob(1000000) FROM n;\n",
  manyLines:
    ".mode list\n.headers off\nWITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < 65536)\nSELECT '0123456789abcde' FROM n;\n",
};
