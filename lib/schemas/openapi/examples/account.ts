import type { accountEndpoints } from "../../endpoints/account";
import { EXAMPLE_IDS, type Examples } from "./example";

const EMAIL = "ada@example.org";
const PASSWORD = "correct horse battery";
/** Of a link that was sent by mail: what stands after the `#`. */
const TOKEN = "9pXbOWyy3mSQdU5o1zLr8cYhTtGk2eVa";
const KEY = {
  id: EXAMPLE_IDS.key,
  name: "ci",
  hint: "qs_Zt3x",
  scopes: ["run", "read"],
  createdAt: "2026-11-27T01:20:11.021Z",
  lastUsedAt: null,
  expiresAt: "2026-12-27T01:20:11.021Z",
  requestsPerMinute: null,
  runsPerDay: 100,
} as const;

export const accountExamples: Examples<keyof typeof accountEndpoints> = {
  signUp: [
    {
      title: "A new account",
      body: { email: EMAIL, password: PASSWORD, name: "Ada" },
      answer: { accepted: true },
    },
  ],
  account: [{ title: "Yourself" }],
  redeemAdminCode: [{ title: "The code of the log", body: { adminCode: "K7QD-2MXA-9WZT" } }],
  updateAccount: [{ title: "Another name", body: { name: "Ada Lovelace" } }],
  deleteAccount: [
    { title: "For good", body: { email: EMAIL, password: PASSWORD }, answer: { deleted: true } },
  ],
  changePassword: [
    {
      title: "Another password",
      body: { currentPassword: PASSWORD, newPassword: "another battery staple", revokeKeys: false },
      answer: { changed: true },
    },
  ],
  forgotPassword: [{ title: "A link", body: { email: EMAIL }, answer: { accepted: true } }],
  resetPassword: [
    {
      title: "By a link",
      body: { token: TOKEN, newPassword: "another battery staple" },
      answer: { changed: true },
    },
  ],
  proveEmail: [{ title: "By a link", body: { token: TOKEN }, answer: { email: EMAIL } }],
  sendEmailProof: [{ title: "Once more", answer: { accepted: true } }],
  changeEmail: [
    {
      title: "Another address",
      body: { email: "lovelace@example.org", password: PASSWORD },
      answer: { accepted: true },
    },
  ],
  confirm: [{ title: "The password", body: { password: PASSWORD }, answer: { confirmed: true } }],
  twoFactor: [
    { title: "As it is", answer: { on: false, since: null, recoveryCodesLeft: 0, required: false } },
  ],
  beginTwoFactor: [{ title: "A secret" }],
  enableTwoFactor: [{ title: "The first code", body: { code: "492039" } }],
  renewRecoveryCodes: [{ title: "Ten new ones", body: { code: "492039" } }],
  disableTwoFactor: [{ title: "Off", body: { code: "492039" }, answer: { disabled: true } }],
  listSessions: [{ title: "All of them" }],
  endOtherSessions: [{ title: "All others", answer: { ended: 2 } }],
  endSession: [{ title: "One of them", params: { id: EXAMPLE_IDS.session }, answer: { ended: true } }],
  updatePreferences: [{ title: "A dark theme", body: { theme: "dark", fontSize: 16 } }],
  exportAccount: [{ title: "Everything" }],
  listKeys: [{ title: "All of them", answer: { keys: [{ ...KEY, scopes: [...KEY.scopes] }] } }],
  createKey: [
    {
      title: "A key for a month",
      body: { name: "ci", scopes: ["run", "read"], expiresInDays: 30, runsPerDay: 100 },
      answer: { ...KEY, scopes: [...KEY.scopes], key: "qs_Zt3x1yQWmK0VbN8uJr5sLc2dHf7gTp4e" },
    },
  ],
  revokeKey: [{ title: "A key of yours", params: { id: EXAMPLE_IDS.key }, answer: { revoked: true } }],
};
