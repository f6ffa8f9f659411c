"use client";

import { useRef, useState } from "react";
import { addTests } from "@/lib/client/test-files";
import { toast } from "@/lib/client/toast";
import type { RunTest } from "@/lib/schemas/run-test";

/** How a test case is shown: its own id, so that it keeps its place on the page when it is moved, and whether it is open. */
export interface TestRow {
  id: string;
  open: boolean;
}

export interface TestList {
  rows: readonly TestRow[];
  toggle(at: number): void;
  change(at: number, test: RunTest): void;
  /** Adds test cases at the end, as many as there is room for; one alone is opened. */
  add(tests: readonly RunTest[]): void;
  duplicate(at: number): void;
  move(at: number, by: -1 | 1): void;
  /** Can be undone from a toast. */
  remove(at: number): void;
  clear(): void;
}

/** What can be done with a list of test cases. */
export function useTestList(
  tests: readonly RunTest[],
  onChange: (tests: readonly RunTest[]) => void,
  focus: (id: string | null) => void,
): TestList {
  const [known, setKnown] = useState<readonly TestRow[]>([]);
  const count = useRef(0);
  const newRow = (open = false): TestRow => ({ id: `test-${++count.current}`, open });
  // Test cases that came from elsewhere (another tab, a run that was restored) have a row as soon as they are shown.
  const spare = useRef<TestRow[]>([]);
  while (spare.current.length < tests.length) spare.current.push(newRow());
  const rows = tests.map((_, at) => known[at] ?? (spare.current[at] as TestRow));
  // An undo comes later, and must not take back what was changed meanwhile.
  const latest = useRef({ tests, rows });
  latest.current = { tests, rows };

  function set(next: readonly RunTest[], nextRows: readonly TestRow[]): void {
    latest.current = { tests: next, rows: [...nextRows] };
    // They have their places now, and must not be given out again.
    spare.current = [];
    setKnown(nextRows);
    if (next !== tests) onChange(next);
  }

  function insert(at: number, test: RunTest, row: TestRow): void {
    const now = latest.current;
    set(now.tests.toSpliced(at, 0, test), now.rows.toSpliced(at, 0, row));
    focus(row.id);
  }

  return {
    rows,
    toggle: (at) =>
      set(
        tests,
        rows.map((row, index) => (index === at ? { ...row, open: !row.open } : row)),
      ),
    change: (at, test) => set(tests.with(at, test), rows),
    add(more) {
      const added = addTests(tests, more);
      if (added.problem) toast("There is no room for all of them", { description: added.problem });
      const fresh = added.tests.slice(tests.length).map(() => newRow(more.length === 1));
      set(added.tests, [...rows, ...fresh]);
      if (fresh[0]) focus(fresh[0].id);
    },
    duplicate(at) {
      const test = tests[at];
      if (!test) return;
      if (addTests(tests, [test]).problem) {
        toast("There is no room for another test");
        return;
      }
      insert(at + 1, { ...test, name: `${test.name} (copy)`.slice(0, 100) }, newRow(true));
    },
    move(at, by) {
      const [test, row, to] = [tests[at], rows[at], at + by];
      if (!test || !row || to < 0 || to >= tests.length) return;
      set(tests.toSpliced(at, 1).toSpliced(to, 0, test), rows.toSpliced(at, 1).toSpliced(to, 0, row));
      focus(row.id);
    },
    remove(at) {
      const [test, row] = [tests[at], rows[at]];
      if (!test || !row) return;
      const left = rows.toSpliced(at, 1);
      set(tests.toSpliced(at, 1), left);
      focus((left[at] ?? left[at - 1])?.id ?? null);
      toast(`${test.name || "The test"} is deleted`, {
        action: {
          label: "Undo",
          onClick: () => insert(Math.min(at, latest.current.tests.length), test, row),
        },
      });
    },
    clear() {
      const before = tests;
      set([], []);
      focus(null);
      toast("All tests are deleted", {
        action: {
          label: "Undo",
          onClick: () => set([...before, ...latest.current.tests], [...rows, ...latest.current.rows]),
        },
      });
    },
  };
}
