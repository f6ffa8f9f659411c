/** The server is killed at ten points of a run, and started anew on what it had kept. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connectDocker } from "../../../lib/sandbox/docker";
import { OWNER_LABEL, PRODUCT_LABEL } from "../../../lib/sandbox/labels";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { type MongoServer, startMongoServer } from "../../../lib/store/testing/mongo-server";
import { TcpProxy } from "../../../lib/system/testing/tcp-proxy";
import { SERVER_POINTS } from "./kill-points";
import { noteFault } from "./report";
import { FaultSite, inWords, PATIENCE_MS } from "./site";

interface Kept {
  name: string;
  points: typeof SERVER_POINTS;
  variables: Readonly<Record<string, string>>;
  mongo: boolean;
}

const COMMON = { QUICKSAND_LANGUAGES: "python,c" };
const CELLS = { ...COMMON, QUICKSAND_ISOLATION: "cell" };
const [OF_DATABASE, OTHERS] = [
  SERVER_POINTS.filter(({ database }) => database),
  SERVER_POINTS.filter(({ database }) => !database),
];
const SITES: readonly Kept[] = [
  { name: "containers, MongoDB", points: SERVER_POINTS, variables: COMMON, mongo: true },
  { name: "cells, embedded database", points: OTHERS, variables: CELLS, mongo: false },
];
const MORE_SITES: readonly Kept[] = [
  { name: "cells, MongoDB", points: OF_DATABASE, variables: CELLS, mongo: true },
];

for (const { name, points, variables, mongo } of process.env.QUICKSAND_TEST_ALL === "1"
  ? [...SITES, ...MORE_SITES]
  : SITES)
  describe(`the server is killed (${name})`, () => {
    let server: MongoServer | null = null;
    let database: TcpProxy | null = null;
    let site: FaultSite;
    /** A container that belongs to another server. */
    let foreign: { id: string; remove(): Promise<unknown> };
    const everyId: string[] = [];

    before(async () => {
      if (mongo) {
        server = await startMongoServer(process.env, { own: true });
        const uri = new URL(server.uri);
        database = await TcpProxy.to(Number(uri.port));
        uri.port = String(database.port);
        site = await FaultSite.start({ ...variables, MONGODB_URI: uri.href });
      } else site = await FaultSite.start(variables);
      await site.recovered();
      foreign = await foreignContainer();
    });
    after(async () => {
      await foreign?.remove();
      await site?.dispose();
      await database?.stop();
      await server?.stop();
    });

    for (const point of points) {
      test(`${point.name}: what was acknowledged is there once, with an honest end`, async () => {
        const [used, earlier] = [await site.used(), new Set((await site.history()).map(({ id }) => id))];
        const { id, end: expected, counted, whole } = await point.reach(site, database);
        const before = new Set((await site.containers()).map(({ Id }) => Id));
        await site.kill();
        const since = performance.now();
        await site.begin();
        const end = id === null ? null : await site.ended(id);
        const endedMs = performance.now() - since;
        assert.equal(end?.status ?? null, expected);
        if (end?.status === "success") assert.equal(end.output?.stdout, whole);
        await assertHistory(earlier, id);
        await site.assertUsed(used + counted);
        await eventually(
          "the dead process's containers are gone",
          async () => (await site.containers()).every(({ Id }) => !before.has(Id)),
          PATIENCE_MS,
        );
        const reapedMs = performance.now() - since;
        assert.equal((await connectDocker().getContainer(foreign.id).inspect()).Id, foreign.id, "another's");
        assert.equal((await site.run("print('next')")).word, "success");
        noteFault({
          ...{
            kind: variables === CELLS ? "app killed, cells" : "app killed",
            fault: `Killed ${point.name} (${name})`,
          },
          seen: end
            ? `the connection ends; afterwards ${inWords({ status: 200, word: end.status, message: end.message ?? "" })}`
            : "the connection ends before anything was acknowledged; nothing is left running",
          lost: lostOf(expected, counted),
          recoveredMs: Math.max(endedMs, reapedMs),
        });
      });
    }

    /** No run is stored twice or left running, and this kill added at most one. */
    async function assertHistory(earlier: ReadonlySet<string>, id: string | null): Promise<void> {
      if (id !== null) everyId.push(id);
      await eventually(
        "nothing is running",
        async () => (await site.history()).every(({ status }) => status !== "running"),
        PATIENCE_MS,
      );
      const ids = (await site.history()).map((run) => run.id);
      assert.equal(new Set(ids).size, ids.length, "each once");
      assert.deepEqual(
        everyId.filter((each) => !ids.includes(each)),
        [],
        "every acknowledged run is there",
      );
      assert.ok(ids.filter((each) => !earlier.has(each)).length <= 1, "nothing came of nowhere");
    }
  });

function lostOf(end: "success" | "system_error" | null, counted: number): string {
  if (end === "system_error") return "the run; it is not counted";
  return end === null && counted > 0 ? "one run of the day's quota" : "nothing";
}

async function foreignContainer() {
  const docker = connectDocker();
  const [image] = await docker.listImages({ filters: { reference: ["quicksand/python"] } });
  assert.ok(image, "there is an image");
  const Labels = { [PRODUCT_LABEL]: "quicksand", [OWNER_LABEL]: "another server of these tests" };
  const container = await docker.createContainer({ Image: image.Id, Cmd: ["true"], Labels });
  return { id: container.id, remove: () => container.remove({ force: true }) };
}
