import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { openEmbeddedStore } from "../../lib/store/embedded";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-restart-"));
after(() => rmSync(dataDir, { recursive: true, force: true }));

function open() {
  return openRoutes({
    store: openEmbeddedStore(dataDir),
    variables: {
      NEXTAUTH_SECRET: "the same secret after a restart",
      QUICKSAND_PLANS: JSON.stringify({ guest: { runsPerMinute: 2 } }),
    },
  });
}

test("a restart does not forget what was taken of a minute", async () => {
  const run = async (visitor: Visitor) => {
    const answer = await visitor.ask("POST", "/api/editor/run", { language: "python", code: "print(1)" });
    return answer.status;
  };
  const first = await open();
  const visitor = new Visitor(first);
  assert.deepEqual([await run(visitor), await run(visitor), await run(visitor)], [200, 200, 429]);
  await first.services.close();

  const second = await open();
  const returned = new Visitor(second);
  returned.address = visitor.address;
  assert.deepEqual([await run(returned), await run(new Visitor(second))], [429, 200]);
  await second.services.close();
});
