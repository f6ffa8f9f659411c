import type { User } from "../accounts";
import { ADMIN_INDEX } from "./account-schemas";
import { ACTIVE_ADMIN, underAdminLock } from "./rights";
import type { Models } from "./schemas";
import { findUserByEmail, updateUser } from "./users";

const CODE_ID = "admin";

export function offerAdminCode(models: Models, hash: string): Promise<boolean> {
  return underAdminLock(models, async () => {
    if (await someAdmin(models)) {
      await models.adminCodes.deleteOne({ _id: CODE_ID });
      return false;
    }
    await models.adminCodes.updateOne({ _id: CODE_ID }, { $set: { hash } }, { upsert: true });
    return true;
  });
}

export async function adminCode(models: Models): Promise<string | null> {
  const [code, admin] = await Promise.all([models.adminCodes.findById(CODE_ID).lean(), someAdmin(models)]);
  return admin ? null : (code?.hash ?? null);
}

/** When the process dies before the code is removed, it is void all the same: there is an admin. */
export function redeemAdminCode(models: Models, hash: string, user: string): Promise<boolean> {
  return underAdminLock(models, async () => {
    if ((await adminCode(models)) !== hash) return false;
    const change = { $set: { admin: true, waiting: false } };
    const { matchedCount } = await models.users.updateOne({ _id: user, suspendedAt: null }, change);
    if (matchedCount === 0) return false;
    await models.adminCodes.deleteOne({ _id: CODE_ID });
    return true;
  });
}

export function grantAdmin(models: Models, email: string): Promise<User | null> {
  return underAdminLock(models, async () => {
    const user = await findUserByEmail(models, email);
    if (!user) return null;
    const granted = await updateUser(models, user.id, { admin: true, waiting: false, suspendedAt: null });
    await models.adminCodes.deleteOne({ _id: CODE_ID });
    return granted;
  });
}

async function someAdmin(models: Models): Promise<boolean> {
  return (await models.users.exists(ACTIVE_ADMIN).hint(ADMIN_INDEX)) !== null;
}
