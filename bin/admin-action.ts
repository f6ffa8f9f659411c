/** What `npm run admin` does to the account with an e-mail address, in whichever store is configured. Started by `bin/admin.mjs`. */
import { nanoid } from "nanoid";
import { envOrExit } from "../lib/env";
import { AppError } from "../lib/errors";
import { createLog } from "../lib/log";
import { emailSchema } from "../lib/schemas/account";
import type { AuditEntry } from "../lib/store/accounts";
import { type AdminAction, actBeside } from "../lib/store/embedded/beside";
import { openMongoStore } from "../lib/store/mongo";

const DONE: Record<AdminAction, string> = {
  grant: "is an admin now.",
  "end-two-factor": "signs in with the password alone now.",
};

const entryAbout = (action: AdminAction, user: string): AuditEntry => ({
  ...{ id: nanoid(), at: new Date(), action: action === "grant" ? "admin_granted" : "two_factor_off" },
  ...{
    actor: null,
    subject: user,
    detail: "with `npm run admin` on the machine",
    network: null,
    browser: null,
  },
});

/** `null` when nobody has the address. */
async function act(action: AdminAction, email: string): Promise<string | null> {
  const { mongodbUri, dataDir } = envOrExit();
  const entry = (user: string) => entryAbout(action, user);
  if (mongodbUri === undefined) return actBeside(dataDir, action, email, entry);
  const store = openMongoStore({ uri: mongodbUri, log: createLog("silent"), answerWithinMs: 10_000 });
  try {
    const { accounts } = store;
    const user = await (action === "grant" ? accounts.grantAdmin(email) : accounts.findUserByEmail(email));
    if (!user) return null;
    if (action === "end-two-factor") await accounts.disableTwoFactor(user.id);
    await accounts.record(entry(user.id));
    return user.id;
  } finally {
    await store.close();
  }
}

async function main(action: AdminAction, typed: string): Promise<string | null> {
  const email = emailSchema.safeParse(typed);
  if (!email.success) return email.error.issues[0]?.message ?? "That is no e-mail address.";
  try {
    if ((await act(action, email.data)) === null) {
      return `There is no account with the address ${email.data}; sign up with it first.`;
    }
    process.stdout.write(`${email.data} ${DONE[action]}\n`);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

const [action = "", email = ""] = process.argv.slice(2);
const problem = await main(action === "grant" ? "grant" : "end-two-factor", email);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
