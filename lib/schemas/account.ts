import * as z from "zod";
import { MAX_EMAIL_CHARS, MAX_NAME_CHARS, MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS } from "./limits";
import { planIdSchema } from "./plan";
import {
  CONTRASTS,
  FONT_SIZES,
  KEY_MAPS,
  LAYOUTS,
  type Preferences,
  TAB_WIDTHS,
  THEMES,
} from "./preferences";
import { stageLimitsSchema } from "./run-limits";
import { asLine, text } from "./text";

/** A domain of other letters as DNS has it, so that two that look alike are not alike here. What is no domain stays as it is. */
function withAsciiDomain(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1);
  if (at < 0 || /^[\x21-\x7e]*$/.test(domain) || /[\s/?#:\\[\]@]/.test(domain)) return email;
  const url = `http://${domain}`;
  return URL.canParse(url) ? `${email.slice(0, at)}@${new URL(url).hostname}` : email;
}

/** An e-mail address as it is kept and compared: trimmed, in lower case, its domain in ASCII. */
export const emailSchema = text({ name: "email" })
  .transform((email) => withAsciiDomain(email.normalize("NFC").trim().toLowerCase()))
  .pipe(
    z
      .string()
      .max(MAX_EMAIL_CHARS, `\`email\` is longer than ${MAX_EMAIL_CHARS} characters; no address is.`)
      .regex(
        /^[^\s@"<>]+@[^\s@"<>.]+(?:\.[^\s@"<>.]+)*$/,
        "`email` is no e-mail address; use one such as you@example.com.",
      ),
  );

/** Letters of ASCII and the signs that RFC 5322 allows unquoted. */
const PLAIN_ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9.-]+$/;

/** The address of a new account. Only plain letters: `аnn@example.org` with a Cyrillic `а` would be taken for somebody else's. */
export const newEmailSchema = emailSchema.pipe(
  z
    .string()
    .regex(
      PLAIN_ADDRESS,
      "`email` has characters that can be taken for others, or are not seen; use an address of plain letters (a to z), digits and signs.",
    ),
);

/** A password that is being chosen. */
export const newPasswordSchema = (name: string) =>
  text({ name }).superRefine((password, context) => {
    const characters = [...password].length;
    if (characters < MIN_PASSWORD_CHARS) {
      context.addIssue({
        code: "custom",
        message: `\`${name}\` has ${characters} characters; use at least ${MIN_PASSWORD_CHARS}.`,
      });
    }
    if (characters > MAX_PASSWORD_CHARS) {
      context.addIssue({
        code: "custom",
        message: `\`${name}\` has ${characters} characters; use at most ${MAX_PASSWORD_CHARS}.`,
      });
    }
  });

/** A password as it is given to be checked: nothing about it is told but whether it is right. */
export const passwordSchema = (name: string) =>
  text({ name })
    .min(1, `\`${name}\` is empty; type it.`)
    .max(MAX_PASSWORD_CHARS * 4);

export const nameSchema = text({ name: "name" })
  .transform(asLine)
  .pipe(z.string().max(MAX_NAME_CHARS, `\`name\` is too long; the limit is ${MAX_NAME_CHARS} characters.`));

/** Who may make an account: everybody; everybody, and an admin approves it before it works; nobody. */
export const SIGN_UP_MODES = ["open", "approve", "closed"] as const;
export type SignUpMode = (typeof SIGN_UP_MODES)[number];

/** The code that was printed when the server started without an admin. Case, spaces and dashes do not matter. */
export const adminCodeSchema = text({ name: "adminCode" }).max(
  100,
  "`adminCode` is longer than the code is.",
);

export const redeemAdminCodeSchema = z.object({
  adminCode: adminCodeSchema.min(1, "`adminCode` is empty; type the code from the server's log."),
});

export const signUpSchema = z.object({
  email: newEmailSchema,
  password: newPasswordSchema("password"),
  /** What the page calls the person; the part of the address before the @ when left out. */
  name: nameSchema.optional(),
  /** Makes the account the first admin's. */
  adminCode: adminCodeSchema.optional(),
});
export type SignUp = z.output<typeof signUpSchema>;

export const passwordChangeSchema = z.object({
  /** Left out only by who signs in with GitHub or Google and has none yet. */
  currentPassword: passwordSchema("currentPassword").optional(),
  newPassword: newPasswordSchema("newPassword"),
  /** Ends all API keys too. */
  revokeKeys: z.boolean().default(false),
});
export type PasswordChange = z.output<typeof passwordChangeSchema>;

/** What a link that was sent by mail holds after the `#`. */
const linkTokenSchema = text({ name: "token" }).min(1, "`token` is empty; open the whole link.").max(200);

export const forgottenPasswordSchema = z.object({ email: emailSchema });

export const passwordResetSchema = z.object({
  token: linkTokenSchema,
  newPassword: newPasswordSchema("newPassword"),
  /** Ends all API keys too. */
  revokeKeys: z.boolean().default(false),
});
export type PasswordReset = z.output<typeof passwordResetSchema>;

export const emailProofSchema = z.object({ token: linkTokenSchema });

export const emailChangeSchema = z.object({
  email: newEmailSchema,
  password: passwordSchema("password").optional(),
});

export const confirmationSchema = z.object({ password: passwordSchema("password") });

/** A code of an authenticator app, or a recovery code. */
export const codeSchema = text({ name: "code" }).min(1, "`code` is empty; type it.").max(40);

export const twoFactorStateSchema = z.object({
  on: z.boolean(),
  since: z.string().nullable(),
  recoveryCodesLeft: z.number().int(),
  /** The account's rights need it on this server. */
  required: z.boolean(),
});
export type TwoFactorState = z.infer<typeof twoFactorStateSchema>;

/** A sign-in as its owner sees it. */
export const sessionViewSchema = z.object({
  id: z.string(),
  /** Browser and system (`Firefox 128 on Linux`); empty or `unknown` when it is not known. */
  browser: z.string(),
  /** The network it was last used from, shortened (`203.0.113.x`); empty when unknown. */
  network: z.string(),
  createdAt: z.string(),
  /** Within a minute. */
  lastSeenAt: z.string(),
  /** It is the one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const accountChangeSchema = z.object({ name: nameSchema });

/** The account's own address, typed before it is sent as a confirmation. */
export const ownEmailSchema = (own: string) =>
  z.string().refine((typed) => typed.trim().toLowerCase() === own, `This is not ${own}; type it to confirm.`);

/** The confirmation of what cannot be undone: the account's own address, typed; and the password where there is one. */
export const accountDeletionSchema = z.object({
  email: emailSchema,
  password: passwordSchema("password").optional(),
});

/**
 * How the editor is set up. Each field falls back on its own, so that one bad value does not cost the others. preferences.ts has the same rules
 * for the browser, and a test that they are the same.
 */
export const preferencesSchema = z.object({
  theme: z.enum(THEMES).catch("system"),
  /** In CSS pixels. */
  fontSize: z.number().int().min(FONT_SIZES.least).max(FONT_SIZES.most).catch(14),
  keyMap: z.enum(KEY_MAPS).catch("standard"),
  /** Columns of a tab, and spaces of an indent. */
  tabWidth: z.literal(TAB_WIDTHS).catch(4),
  /** Where the output stands; `auto` goes by the shape of the window. */
  layout: z.enum(LAYOUTS).catch("auto"),
  contrast: z.enum(CONTRASTS).catch("normal"),
  /** Whether a language's server is loaded into the browser, where there is one. */
  languageServer: z.boolean().catch(true),
}) satisfies z.ZodType<Preferences>;

/** A change of preferences: what is left out stays. Unlike a kept value, a bad one is refused. */
export const preferencesChangeSchema = z
  .strictObject({
    theme: z.enum(THEMES).optional(),
    fontSize: z.number().int().min(FONT_SIZES.least).max(FONT_SIZES.most).optional(),
    keyMap: z.enum(KEY_MAPS).optional(),
    tabWidth: z.literal(TAB_WIDTHS).optional(),
    layout: z.enum(LAYOUTS).optional(),
    contrast: z.enum(CONTRASTS).optional(),
    languageServer: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, {
    message:
      "The body changes nothing; send `theme`, `contrast`, `fontSize`, `keyMap`, `tabWidth`, `layout` or `languageServer`.",
  });

export type PreferencesChange = z.output<typeof preferencesChangeSchema>;

export const signInWaySchema = z.enum(["password", "github", "google", "oidc"]);
export type SignInWay = z.infer<typeof signInWaySchema>;

/** What the viewer's plan allows, in the units of the plan table. */
export const planViewSchema = z.object({
  id: planIdSchema,
  runsPerDay: z.number().int(),
  runsPerMinute: z.number().int(),
  parallelRuns: z.number().int(),
  retentionDays: z.number().nullable(),
  ...stageLimitsSchema.shape,
  languages: z.union([z.literal("*"), z.array(z.string())]),
  features: z.array(z.string()),
});

/** Who the viewer is. A guest has no `user`. */
export const accountSchema = z.object({
  kind: z.enum(["guest", "user"]),
  plan: planViewSchema,
  user: z
    .object({
      id: z.string(),
      email: z.string(),
      /** They showed that the address is theirs. */
      emailProven: z.boolean(),
      name: z.string(),
      admin: z.boolean(),
      createdAt: z.string(),
      /** How they can sign in. */
      ways: z.array(signInWaySchema),
      preferences: preferencesSchema,
    })
    .nullable(),
  /** What can be used to sign in here. */
  offered: z.array(signInWaySchema),
  /** What the way `oidc` is called here; `null` where it is not offered. */
  oidcName: z.string().nullable(),
  /** Whether mail is sent from here. Where it is not, an admin makes the link for a forgotten password. */
  mail: z.boolean(),
  signUp: z.object({
    mode: z.enum(SIGN_UP_MODES),
    /** Whom to ask for an account or its approval; `null` when the operator has not said. */
    contact: z.string().nullable(),
    /** There is no admin yet: the code from the server's log makes one. */
    adminWanted: z.boolean(),
  }),
});
export type Account = z.infer<typeof accountSchema>;

/** What an account's request was identified by: the store's id of a session, or of an API key. */
export type Credential = { session: string } | { key: string };

export const keyScopeSchema = z.enum(["run", "read"]);
export type KeyScope = z.infer<typeof keyScopeSchema>;

/** How much a key may use by itself; the plan's limit, which holds for the account as a whole, is the most. */
const keyCeilingSchema = z.number().int().min(1).nullable();

/** The same as somebody types it; the server knows the most. */
export const typedKeyCeilingSchema = (name: string) =>
  z
    .string()
    .trim()
    .regex(
      /^(?:[1-9]\d{0,8})?$/,
      `\`${name}\` is no whole number of at least 1; leave it empty for the plan's alone.`,
    );

export const newKeySchema = z.object({
  name: nameSchema.pipe(z.string().min(1, "`name` is empty; say what the key is for.")),
  scopes: z
    .array(keyScopeSchema)
    .min(1, "`scopes` is empty; a key needs `run`, `read` or both.")
    .max(2)
    .default(["run", "read"])
    .transform((scopes) => [...new Set(scopes)]),
  /** Days until it stops working; `null` is never. */
  expiresInDays: z.number().int().min(1).max(3650).nullable().default(90),
  /** `null`: as many as the account may. */
  requestsPerMinute: keyCeilingSchema.default(null),
  runsPerDay: keyCeilingSchema.default(null),
});
export type NewKey = z.output<typeof newKeySchema>;

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The beginning of the key, to tell it by. */
  hint: z.string(),
  scopes: z.array(keyScopeSchema),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  requestsPerMinute: keyCeilingSchema,
  runsPerDay: keyCeilingSchema,
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

/** The only answer with the key itself: it is kept hashed, and nobody can show it again. */
export const createdKeySchema = apiKeySchema.extend({ key: z.string() });
