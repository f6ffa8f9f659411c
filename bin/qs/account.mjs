// @ts-check
import { createInterface } from "node:readline";
import { createClient, QuicksandError } from "../../lib/client/node/index.mjs";
import { SetupProblem } from "../setup/problem.mjs";
import { textOf } from "./arguments.mjs";
import { forgetLogin, isOpenToOthers, keepLogin, readLogin, settings } from "./config.mjs";

/** @import { Account } from "../../lib/client/node/types" */
/** @import { Asked } from "./arguments.mjs" */

/** `qs login`. @param {Asked} asked */
export async function loginCommand({ values }) {
  const { server } = settings({ server: textOf(values, "server"), environment: process.env });
  if (isOpenToOthers(server)) {
    process.stderr.write(`qs: ${server} is not encrypted: who is on the way can read the key.\n`);
  }
  const apiKey = (await askKey(`API key for ${server} (you make it at ${server}/settings#keys): `)).trim();
  if (!/^qs_[\w-]+$/.test(apiKey)) {
    throw new SetupProblem("That is no API key: they begin with qs_.", {
      remedy: [`Make one at ${server}/settings#keys and copy it whole.`],
    });
  }
  const whose = await whoseKey(server, apiKey);
  const file = keepLogin(process.env, { server, apiKey });
  process.stdout.write(`${whose}\nKept in ${file}, for you alone.\n`);
  for (const name of ["QUICKSAND_SERVER", "QUICKSAND_API_KEY"]) {
    if (process.env[name]) process.stderr.write(`qs: ${name} is set and goes before it.\n`);
  }
  return 0;
}

/** @param {string} server @param {string} apiKey */
async function whoseKey(server, apiKey) {
  try {
    return `Logged in at ${server} as ${nameOf(await createClient({ server, apiKey }).account())}.`;
  } catch (error) {
    // A key that may only run programs is a good one.
    if (!(error instanceof QuicksandError && error.code === "forbidden" && /scope/.test(error.message)))
      throw error;
    return `Logged in at ${server}. This key may run programs, but not read: history, share and whoami need the scope \`read\`.`;
  }
}

/** `qs logout`. */
export async function logoutCommand() {
  const login = readLogin(process.env);
  forgetLogin(process.env);
  process.stdout.write(
    login
      ? `The key for ${login.server} is forgotten here. It works until you revoke it: ${login.server}/settings#keys\n`
      : "Nobody was logged in.\n",
  );
  return 0;
}

/** `qs whoami`. @param {Asked} asked */
export async function whoamiCommand({ values }) {
  const { server, apiKey } = settings({ server: textOf(values, "server"), environment: process.env });
  const account = await createClient({ server, apiKey }).account();
  if (values.json === true) process.stdout.write(`${JSON.stringify({ server, ...account }, null, 2)}\n`);
  else {
    process.stdout.write(`${nameOf(account)} at ${server}\n`);
    if (!account.user) process.stderr.write("qs: qs login makes you somebody.\n");
  }
  return 0;
}

/** @param {Account} account */
function nameOf({ user, plan }) {
  return user ? `${user.email} (plan ${plan.id})` : "a guest";
}

/**
 * Asks without showing what is typed; without a terminal it is the first line of the input.
 * @param {string} question
 * @returns {Promise<string>}
 */
async function askKey(question) {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin })) return line;
    return "";
  }
  // Before it is asked: what is pasted at once is not shown either.
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stderr.write(question);
  try {
    return await typedLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

/** @param {NodeJS.ReadStream} stdin in raw mode @returns {Promise<string>} */
function typedLine(stdin) {
  return new Promise((resolve, reject) => {
    let typed = "";
    stdin.on("data", (text) => {
      for (const character of String(text)) {
        if (character === "\r" || character === "\n") return resolve(typed);
        if (character === "\x03" || character === "\x04")
          return reject(new SetupProblem("Nothing was kept."));
        if (character === "\x7f" || character === "\b") typed = typed.slice(0, -1);
        else if (character >= " ") typed += character;
      }
    });
  });
}
