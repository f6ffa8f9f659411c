import type { ErrorCode } from "../error";

export interface ErrorNote {
  /** When it is answered; docs/api.md has the same words. Without a full stop. */
  when: string;
  /** One of its messages. */
  message: string;
}

/** What the document says of each error code. */
export const ERROR_NOTES: Readonly<Record<ErrorCode, ErrorNote>> = {
  invalid_request: {
    when: "a field is missing or wrong: `details`",
    message: "`code` is missing; it must be a string.",
  },
  invalid_json: {
    when: "the body is not JSON, or not UTF-8",
    message: "The body is empty; send a JSON object.",
  },
  unauthorized: {
    when: "an account is needed; the password is wrong; the API key does not work",
    message: "This needs an account; sign in at /sign-in.",
  },
  two_factor_required: {
    when: "the password is right, and the account wants a `code` of its authenticator app, or a recovery code, beside it",
    message: "Type the code that your authenticator app shows.",
  },
  forbidden: {
    when: "not for you, not for keys, not with this key's scopes, or from another site's page",
    message: "This is not for API keys; sign in with a browser.",
  },
  two_factor_setup_required: {
    when: "admins need two-factor sign-in here (`QUICKSAND_ADMIN_TWO_FACTOR`), and yours is not on",
    message: "Admins need two-factor sign-in here; turn it on at /settings#two-factor.",
  },
  confirmation_required: {
    when: "the session's password was given more than 10 minutes ago: `POST /api/account/confirm` it, then repeat the request. API keys are never asked",
    message: "Give your password again to do this.",
  },
  plan_forbids: {
    when: "your plan does not include it",
    message: "The guest plan does not include `tests`; sign up for an account.",
  },
  not_found: {
    when: "it is not there, or not yours",
    message: "There is no such run, or it is not shared with you.",
  },
  method_not_allowed: {
    when: "with `Allow`",
    message: "This address does not take PUT; use GET, HEAD, OPTIONS.",
  },
  request_timeout: {
    when: "the body was not there after 20 s",
    message: "The body was not there after 20 s; send the request again, and its body at once.",
  },
  conflict: {
    when: "the run takes no (more) input; there are 20 keys already; …",
    message: "The run has ended, so it takes no further input.",
  },
  gone: {
    when: "an admin took this shared run down; only its owner still sees it",
    message: "This run was taken down.",
  },
  code_too_large: {
    when: "`code` or `files`",
    message: "`code` is 102,401 bytes; the limit is 102,400 bytes.",
  },
  body_too_large: {
    when: "the body or another field",
    message: "`stdin` is 1,048,577 bytes; the limit is 1,048,576 bytes.",
  },
  unsupported_media_type: {
    when: "send `Content-Type: application/json`, uncompressed",
    message: '`Content-Type` is "text/plain"; send `Content-Type: application/json` (UTF-8).',
  },
  wrong_host: {
    when: "the `Host` is not one of this server's: `QUICKSAND_HOSTS`",
    message: "This server is not known by that name.",
  },
  unknown_language: {
    when: "names the nearest known ids",
    message: '`language` is "pyhton", which is not known here. Did you mean python?',
  },
  rate_limited: {
    when: "too many requests, runs, or attempts to sign in; `Retry-After`",
    message: "That was more than 20 runs a minute; go on in 41 s.",
  },
  quota_exceeded: {
    when: "the day's runs are used up; `Retry-After`",
    message: "All 100 runs of today on the guest plan are used. Come back at 00:00 UTC.",
  },
  internal: {
    when: "our fault; the message has the request's id",
    message: "Something broke on the server; try again. The request was UzMhGVYJ0pGgWCLOOfKvS.",
  },
  docker_unavailable: {
    when: "the engine is away; `Retry-After`",
    message: "Docker does not answer; start it, and run the program again.",
  },
  image_unavailable: {
    when: "the language's image cannot be made or pulled; `Retry-After`",
    message: "The image of Haskell cannot be made now; try again later.",
  },
  queue_full: {
    when: "too many runs wait, or the server is stopping; `Retry-After`",
    message: "200 runs wait already; try again in a moment.",
  },
  queue_unavailable: {
    when: "the queue of a server with several machines is away; `Retry-After`",
    message: "The queue cannot be reached; try again in 5 s.",
  },
  store_unavailable: {
    when: "the database is away; `Retry-After`",
    message: "The database does not answer; try again in a moment.",
  },
  store_full: {
    when: "there is no room to keep another run: delete some, or ask the operator for more; what is kept can be read and deleted meanwhile; `Retry-After`",
    message: "There is no room to keep another run; delete some.",
  },
};
