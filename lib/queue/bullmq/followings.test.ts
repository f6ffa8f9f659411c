import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { queueUnavailable } from "../refusals";
import { eventually } from "../testing/queue-fixture";
import { Followings } from "./followings";

/** A link that notes what is said, and answers it or not. */
class FakeLink {
  readonly process = "here";
  readonly log = createLog("silent");
  ready = true;
  answers = true;
  said: string[] = [];
  #resume: () => void = () => {};
  #learn: (fields: readonly string[]) => void = () => {};

  register(): void {}

  on(_letter: string, read: (fields: readonly string[]) => void): void {
    this.#learn = read;
  }

  onReady(resume: () => void): void {
    this.#resume = resume;
  }

  async run({ name }: { name: string }, ...args: readonly (string | number)[]): Promise<unknown> {
    if (this.ready) this.said.push([name, ...args].join(" "));
    await Promise.resolve();
    if (!this.ready || !this.answers) throw queueUnavailable();
    return null;
  }

  goesAway(): void {
    this.ready = false;
  }

  comesBack(): void {
    this.said = [];
    this.ready = true;
    this.#resume();
  }

  lingers(run: string, ms: number): void {
    this.#learn([run, String(ms)]);
  }

  tells(...said: string[]): Promise<void> {
    return eventually(said.join(", "), () => JSON.stringify(this.said) === JSON.stringify(said));
  }
}

test("that the last follower left while Redis was away is told when it is back", async () => {
  const link = new FakeLink();
  const followings = new Followings(link, () => {});
  const leave = followings.follow("run", false);
  await link.tells("follow run here 1");
  link.goesAway();
  leave();
  link.comesBack();
  await link.tells("follow run here 0");
  await eventually("it is forgotten", () => followings.size === 0);
});

test("that a run is to end unfollowed is told until Redis has answered it", async () => {
  const link = new FakeLink();
  const followings = new Followings(link, () => {});
  link.goesAway();
  followings.endUnfollowed("run", 500, true);
  link.comesBack();
  await link.tells("linger run 500", "follow run here 0");
  link.answers = false;
  followings.endUnfollowed("run", 600, true);
  await eventually(
    "it is told again",
    () => link.said.filter((said) => said === "linger run 600").length > 1,
  );
  link.answers = true;
  link.said = [];
  await link.tells("linger run 600", "follow run here 0");
});

test("a process that hears of its own word says it once, and what it heard too late to count again", async () => {
  const link = new FakeLink();
  const followings = new Followings(link, () => {});
  followings.follow("run", true);
  followings.endUnfollowed("run", 500, true);
  link.lingers("run", 500);
  await link.tells("linger run 500", "follow run here 1");
  link.lingers("run", 600);
  await link.tells("linger run 500", "follow run here 1", "linger run 600", "follow run here 1");
  followings.retell("run");
  await eventually("both are told again", () => link.said.length === 6);
});

test("a process that has not accepted the run remembers nothing of it when it is told and not followed here", async () => {
  const link = new FakeLink();
  const followings = new Followings(link, () => {});
  const leave = followings.follow("run", false);
  link.lingers("run", 500);
  await link.tells("follow run here 1", "follow run here 1");
  leave();
  await eventually("it is forgotten", () => followings.size === 0);
  assert.equal(link.said.at(-1), "follow run here 0");
});

test("followers of a run that was opened here are told from when it is to end without any, and it is forgotten with its events", async () => {
  const link = new FakeLink();
  const followings = new Followings(link, () => {});
  const leave = followings.follow("run", true);
  assert.deepEqual(link.said, []);
  followings.endUnfollowed("run", 500, true);
  await link.tells("linger run 500", "follow run here 1");
  leave();
  await link.tells("linger run 500", "follow run here 1", "follow run here 0");
  assert.equal(followings.size, 1);
  followings.leave("run");
  await eventually("it is forgotten", () => followings.size === 0);
});
