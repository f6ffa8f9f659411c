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

/** The contract of every store. `open` is called once and gives an empty database. */
export function storeContract(
  name: string,
  open: () => Promise<ContractDatabase>,
  end?: () => Promise<void>,
) {
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
      await end?.();
    });

    test("says which database it is, and that it is well", async (context) => {
      const { store } = database();
      const info = await store.info();
      context.diagnostic(`${info.name} ${info.version}`);
      context.assert.match(info.version, /^\d+\.\d+/);
      context.assert.deepEqual(await store.health(), { ok: true, kind: info.kind });
    });
    historyContract(database);
    listContract(database);
    sharingContract(database);
    artifactContract(database);
    programContract(database);
    answerContract(database);
    webhookContract(database);
    sessionFileContract(database);
    quotaContract(database);
    roomContract(database);
    userContract(database);
    credentialContract(database);
    secondFactorContract(database);
    rightsContract(database);
    adminCodeContract(database);
    auditContract(database);
    moderationContract(database);
    upkeepContract(database);
  });
}
