import type * as z from "zod";
import type { KeyScope } from "../account";
import type { ErrorCode } from "../error";
import type { Address } from "./addresses";

/** Who may call an endpoint: `public` identifies nobody; `viewer` is a guest, a user or an API key's user; `user` has an account. */
type Access = "public" | "viewer" | "user" | "admin";

export interface Endpoint extends Address {
  access: Access;
  /** The scope an API key needs; `null` excludes keys, which must not be able to make keys or delete accounts. */
  scope: KeyScope | null;
  /**
   * `false` when a guest without a cookie is given none: a page sends several such requests at once on a first visit, and each answer would
   * make them another guest. Everywhere else a new guest gets one.
   */
  issuesGuestCookie?: false;
  /** Also needs the account's password, given in this session within the last ten minutes. */
  confirmed?: true;
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** How large the body may be, where it may be large; `MAX_FORM_BYTES` where it is left out. */
  maxBodyBytes?: number;
  /** `true` for what must be answered however many requests came from there: whether the server is well. */
  uncounted?: true;
  /** `true` where a request can be sent again with the same `Idempotency-Key` and is then carried out once. Not for `public` ones. */
  idempotent?: true;
  /** `true` for a WebSocket, which a browser opens for whichever page asks it to: only our own pages may, as with what changes something. */
  upgrades?: true;
  /** `true` where whoever has the operator's token (`QUICKSAND_METRICS_TOKEN`) may come in too. */
  scraped?: true;
  response: z.ZodType;
  /** The status of an answer that succeeds; 200 where it is left out. */
  status?: 201 | 202;
  /** Media types of such an answer, the first one unless another is asked for; JSON alone where it is left out. */
  produces?: readonly string[];
  /** Request headers that count here, and what they say. */
  headers?: Readonly<Record<string, string>>;
  /** What it may refuse with beside what follows from the rest of its declaration (`lib/schemas/openapi/errors.ts`). */
  errors?: readonly ErrorCode[];
}
