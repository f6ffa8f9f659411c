import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createStatus } from "./health";
import { LANGUAGES } from "./languages";
import { createCatalogue } from "./languages/catalogue";
import { RunFigures } from "./metrics";
import { PLANS, type Plans } from "./plans";
import { openMemoryQueue } from "./queue/memory";
import { ScriptedSandbox } from "./runs/testing/runs-fixture";
import { tempStore } from "./runs/testing/temp-store";
import { healthSchema, languagesSchema } from "./schemas/language";

function open(plans: Plans = PLANS) {
  const sandbox = new ScriptedSandbox();
  const store = tempStore();
  const { queue } = openMemoryQueue({ limit: 1 });
  const status = createStatus({
    catalogue: createCatalogue(LANGUAGES, "*"),
    sandbox,
    store,
    ...{ queue, queueKind: "memory", plans, figures: new RunFigures(), workers: () => null },
  });
  return { sandbox, store, queue, status };
}

const silent = () => new Promise<never>(() => {});

test("an engine that is too busy to answer is not called broken when it was well a moment ago", async () => {
  const { sandbox, status } = open();
  assert.equal((await status.health()).status, "ok");
  sandbox.health = silent;
  // The engine never answers: that anything comes back at all is the point.
  assert.equal((await status.health()).status, "ok");
});

test("an engine that never answered is broken", async () => {
  const { sandbox, status } = open();
  sandbox.health = silent;
  const health = healthSchema.strict().parse(await status.health());
  assert.equal(health.status, "unavailable");
  assert.match(health.docker.message ?? "", /does not answer/);
  assert.equal(health.store.ok, true);
});

test("an engine that says it is broken is broken at once, and well again as soon as it says so", async () => {
  const { sandbox, status } = open();
  const { health } = sandbox;
  assert.equal((await status.health()).status, "ok");
  const message = "Docker is not running: start it.";
  sandbox.health = async () => ({ ...(await health()), ok: false, message });
  const broken = await status.health();
  assert.deepEqual([broken.status, broken.docker.message], ["unavailable", message]);
  sandbox.health = silent;
  assert.equal((await status.health()).status, "unavailable");
  sandbox.health = health;
  assert.equal((await status.health()).status, "ok");
});

test("Docker's version is not told: it says to strangers which holes to try", async () => {
  const { sandbox, status } = open();
  const { health } = sandbox;
  sandbox.health = async () => ({ ...(await health()), version: "20.10.24" });
  const told = await status.health();
  assert.equal(told.docker.ok, true);
  assert.doesNotMatch(JSON.stringify(told), /20\.10\.24/);
});

test("what only the documents say of a language is not sent to everybody who asks for all of them", () => {
  const { status } = open();
  const documented = status.documentedLanguages();
  assert.deepEqual(
    documented.map(({ packages: _packages, formatter: _formatter, ...language }) => language),
    status.languages(),
  );
  const python = documented.find(({ id }) => id === "pythondata");
  assert.equal(python?.formatter, "black");
  assert.ok(python?.packages?.names.includes("numpy"));
});

test("many who ask at once are one question to the engine", async () => {
  const { sandbox, status } = open();
  let asked = 0;
  const { health } = sandbox;
  sandbox.health = () => {
    asked++;
    return health();
  };
  await Promise.all(Array.from({ length: 100 }, () => status.health()));
  assert.equal(asked, 1);
});

test("missing images are told with what to do; with none at all nothing can run", async () => {
  const { sandbox, status } = open();
  const { health } = sandbox;
  sandbox.health = async () => ({ ...(await health()), missing: ["cpp"] });
  const partly = await status.health();
  assert.deepEqual([partly.status, partly.images.ok], ["ok", true]);
  assert.match(partly.images.message ?? "", /cpp.*npm run images/);
  sandbox.health = async () => ({ ...(await health()), ready: [], missing: ["cpp"] });
  assert.equal((await status.health()).status, "unavailable");
});

test("a database that stays silent is away after a second, however well it was a moment ago", async (t) => {
  t.after(() => mock.timers.reset());
  const { store, status } = open();
  assert.equal(await status.storeAnswers(), true);
  store.health = silent;
  mock.timers.enable({ apis: ["setTimeout"] });
  const asked = status.storeAnswers();
  mock.timers.tick(1_000);
  assert.equal(await asked, false);
});

test("a database that says that it is broken is away at once", async () => {
  const { store, status } = open();
  store.health = async () => ({ ok: false, kind: "mongodb", message: "away" });
  assert.equal(await status.storeAnswers(), false);
});

test("a store that is full says so to monitors, and pages are still shown: that is how it gets room", async () => {
  const { store, status } = open();
  store.health = async () => ({ ok: false, full: true, kind: "embedded", message: "delete runs" });
  const health = healthSchema.strict().parse(await status.health());
  assert.deepEqual(health.store, { ok: false, full: true, kind: "embedded", message: "delete runs" });
  assert.equal(health.status, "unavailable");
  assert.equal(await status.storeAnswers(), true);
});

test("a language says what its tool prints of its version, once its image is there", () => {
  const { status, sandbox } = open();
  sandbox.printedVersion = ({ id }) => (id === "python" ? "Python 3.13.5" : null);
  const told = new Map(status.languages().map((language) => [language.id, language]));
  assert.equal(told.get("python")?.printedVersion, "Python 3.13.5");
  assert.ok(!("printedVersion" in (told.get("bash") ?? {})));
});

test("a language whose image is being made says how far it is, and no longer once it is ready", () => {
  const { sandbox, status } = open();
  let made = false;
  sandbox.ready = ({ id }: { id: string }) => id !== "haskell" || made;
  sandbox.progress = () => ({ message: "Building the Haskell image", percent: 40 });
  const told = () => {
    const { languages } = languagesSchema.strict().parse({ languages: status.languages() });
    return languages.filter(({ preparing }) => preparing);
  };
  assert.deepEqual(
    told().map(({ id, ready, preparing }) => [id, ready, preparing]),
    [["haskell", false, { message: "Building the Haskell image", percent: 40 }]],
  );
  made = true;
  assert.deepEqual(told(), []);
});

test("a picked language is expected at once, but not one that the viewer's plan does not have", () => {
  const plans = { ...PLANS, guest: { ...PLANS.guest, languages: ["python"] } };
  const { sandbox, status } = open(plans);
  const expected: string[] = [];
  sandbox.expect = ({ id }: { id: string }) => void expected.push(id);
  sandbox.ready = () => false;
  assert.equal(status.warm("python", "guest"), false);
  assert.equal(status.warm("haskell", "guest"), false);
  assert.equal(status.warm("hs", "free"), false);
  assert.deepEqual(expected, ["python", "haskell"]);
});
