import { createLog } from "../../log";
import { TakenAway } from "..";
import { openRedisQueue } from "../bullmq";
import { done, pause } from "./queue-fixture";

/**
 * A worker as a process of its own, which tests kill. Arguments: the URL of Redis, prefix, turns. What its jobs do is their code: `print` ends at once,
 * `wait` prints and waits until it is told to end, `echo` repeats one text that it is told. It says on standard output what happens to it.
 */
async function main(): Promise<void> {
  const [url = "", prefix = "", turns = "1"] = process.argv.slice(2);
  const { queue, channel, close } = await openRedisQueue({
    url,
    limit: 100,
    log: createLog("silent"),
    prefix,
  });
  const say = (text: string) => process.stdout.write(`${text}\n`);
  await queue.work(
    async (job, signal, release, attempt) => {
      say(`begun ${job.id} ${attempt.number} ${attempt.heard}`);
      const { code } = job.request;
      const aborted = new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
      if (attempt.number < 3 && !signal.aborted) {
        channel.append(job.id, { type: "stage", stage: "run" });
        channel.append(job.id, { type: "stdout", text: `try ${attempt.number}\n` });
        if (code === "wait") await aborted;
        if (code === "echo") {
          for await (const control of channel.controls(job.id)) {
            if (control.type !== "input") continue;
            channel.append(job.id, { type: "stdout", text: control.text });
            if (control.text === "end\n") break;
          }
        }
        if (code.startsWith("sleep ")) await pause(Number(code.slice(6)));
      }
      if (signal.reason instanceof TakenAway) say(`taken ${job.id}`);
      else channel.append(job.id, done(job.id));
      say(`ended ${job.id} ${attempt.number}`);
      release();
    },
    { concurrency: Number(turns) },
  );
  process.on("SIGTERM", async () => {
    await queue.close({ graceMs: 5_000, interruptMs: 1_000 });
    await close();
    say("closed");
    process.exit(0);
  });
  say("ready");
}

void main();
