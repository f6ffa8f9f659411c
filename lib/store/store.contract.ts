import { after, before, describe, test } from "node:test";
import { adminCodeContract } from "./contract/admin-code";
import { answerContract } from "./contract/answers";
import { artifactContract } from "./contract/artifacts";
import { auditContract } from "./contract/audit";
import { credentialContract } from "./contract/credentials";
import type { ContractDatabase } from "./contract/fixtures";
import { historyContract } from "./contract/history";
import { listContract } from "./contract/list";
import { moderationContract } from "./contract/moderation";
import { programContract } from "./contract/programs";
import { quotaContract } from "./contract/quota";
import { rightsContract } from "./contract/rights";
import { roomContract } from "./contract/room";
import { secondFactorContract } from "./contract/second-factors";
import { sessionFileContract } from "./contract/session-files";
import { sharingContract } from "./contract/sharing";
import { upkeepContract } from "./contract/upkeep";
import { userContract } from "./contract/users";
import { webhookContract } from "./contract/webhooks";

type Part = (database: () => ContractDatabase) => void;

/** What is kept for people: runs, programs, accounts. */
const KEEPING: readonly Part[] = [
  ...[historyContract, listContract, sharingContract, artifactContract, programContract, answerContract],
  ...[
    webhookContract,
    sessionFileContract,
    quotaContract,
    roomContract,
    userContract,
    credentialContract,
    secondFactorContract,
  ],
  moderationContract,
];

/** What many want at the same moment, what admins do, and what is done with thousands. */
const GOVERNING: readonly Part[] = [rightsContract, adminCodeContract, auditContract, upkeepContract];

/**
 * The contract of every store, in two halves that take about as long, for a store whose server is slow. `open` is called once and gives an
 * empty database.
 */
export const storeContracts = {
  keeping: (name: string, open: () => Promise<ContractDatabase>) => contractOf(KEEPING, name, open),
  governing: (name: string, open: () => Promise<ContractDatabase>) => contractOf(GOVERNING, name, open),
};

function contractOf(parts: readonly Part[], name: string, open: () => Promise<ContractDatabase>): void {
  describe(`the store's contract on ${name}`, () => {
    let opened: ContractDatabase | undefined;
    const database = (): ContractDatabase => {
      if (!opened) throw new Error("The database is not open yet.");
      return opened;
    };
    before(async () => {
      opened = await open();
    });
    after(async () => {
      await opened?.store.close();
    });

    test("says which database it is, and that it is well", async (context) => {
      const { store } = database();
      const info = await store.info();
      context.diagnostic(`${info.name} ${info.version}`);
      context.assert.match(info.version, /^\d+\.\d+/);
      context.assert.deepEqual(await store.health(), { ok: true, kind: info.kind });
    });
    for (const part of parts) part(database);
  });
}
