/** Makes an admin of the account with an e-mail address, in whichever store is configured. Started by `bin/admin.mjs`. */
import { nanoid } from "nanoid";
import { readEnv } from "../lib/env";
import { AppError } from "../lib/errors";
import { createLog } from "../lib/log";
import { emailSchema } from "../lib/schemas/account";
import type { AuditEntry } from "../lib/store/accounts";
import { grantAdminBeside } from "../lib/store/embedded/beside";
import { openMongoStore } from "../lib/store/mongo";

const entryAbout = (user: string): AuditEntry => ({
  ...{ id: nanoid(), at: new Date(), action: "admin_granted", actor: null, subject: user },
  ...{ detail: "with `npm run admin` on the machine", network: null, browser: null },
});

/** `null` when nobody has the address. */
async function grant(email: string): Promise<string | null> {
  const { mongodbUri, dataDir } = readEnv(process.env);
  if (mongodbUri === undefined) return grantAdminBeside(dataDir, email, entryAbout);
  const store = openMongoStore({ uri: mongodbUri, log: createLog("silent"), answerWithinMs: 10_000 });
  try {
    const user = await store.accounts.grantAdmin(email);
    if (user) await store.accounts.record(entryAbout(user.id));
    return user?.id ?? null;
  } finally {
    await store.close();
  }
}

async function main(): Promise<string | null> {
  const email = emailSchema.safeParse(process.argv[2] ?? "");
  if (!email.success) return email.error.issues[0]?.message ?? "That is no e-mail address.";
  try {
    if ((await grant(email.data)) === null) {
      return `There is no account with the address ${email.data}; sign up with it first.`;
    }
    process.stdout.write(`${email.data} is an admin now.\n`);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

const problem = await main();
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
