// Sizes that both sides of the API must agree on. Bytes are bytes of UTF-8. Only numbers: pages import them that are not to load the schemas.
export const MAX_CODE_BYTES = 102_400;
export const MAX_FILES = 20;
/** All extra files together, the main one not counted. */
export const MAX_FILES_BYTES = 1_048_576;
export const MAX_STDIN_BYTES = 1_048_576;
/** The kernel's NAME_MAX for one part is 255; the contract applies the same number to the whole path. */
export const MAX_PATH_BYTES = 255;
export const MAX_ARGS = 100;
/** All arguments together; far below the kernel's 128 KiB for a single one. */
export const MAX_ARGS_BYTES = 16_384;
/** Variables of a program's environment, and their names and values together. */
export const MAX_ENV = 50;
export const MAX_ENV_BYTES = 16_384;
export const MAX_TESTS = 50;
/** Input and expected output of all tests together. */
export const MAX_TESTS_BYTES = 1_048_576;
export const MAX_TITLE_CHARS = 200;
export const MAX_TEST_NAME_CHARS = 100;
export const MAX_TOLERANCE = 1_000_000;
/** Each test case has the run stage's time; all of a run together have so many times it. */
export const TESTS_TIMES = 3;
/** A request body while it is read: every field at its limit, with room for JSON's escapes. */
export const MAX_BODY_BYTES = 8_388_608;
/** The same with `code` alone. */
export const MAX_FORMAT_BODY_BYTES = 6 * MAX_CODE_BYTES + 1_024;
/** The body of a sign-in, and of any request that is only a form. */
export const MAX_FORM_BYTES = 16_384;
/** One `input` of an interactive run. */
export const MAX_INPUT_BYTES = 65_536;
/** The same as a request body: JSON writes a control character with six. */
export const MAX_INPUT_BODY_BYTES = 6 * MAX_INPUT_BYTES + 1_024;
/** Runs of one request. */
export const MAX_BATCH = 20;
/** Seconds that a request for a run may wait for its end. Below the idle time-outs of common proxies. */
export const MAX_WAIT_S = 50;
/** Seconds that a run may go on with nobody who follows it, when its client asked for that. */
export const MAX_LINGER_S = 600;
/** More than any screen has. */
export const MAX_TERMINAL_COLUMNS = 1_000;
export const MAX_TERMINAL_ROWS = 500;
/** One message to a terminal. */
export const MAX_TERMINAL_MESSAGE_BYTES = 65_536;
/** Files that one run may leave. */
export const MAX_ARTIFACTS = 10;
/** All artifacts of a run together. */
export const MAX_ARTIFACTS_BYTES = 5 * 1_048_576;

export const MAX_EMAIL_CHARS = 254;
export const MAX_NAME_CHARS = 80;
/** Argon2 takes any length; a limit keeps the hashing of a megabyte from being a way to keep us busy. */
export const MAX_PASSWORD_CHARS = 200;
/** NIST 800-63B asks for 8 and against rules of composition. */
export const MIN_PASSWORD_CHARS = 8;
/** Webhooks of one account. */
export const MAX_WEBHOOKS = 5;
export const MAX_WEBHOOK_URL_CHARS = 2_000;
/** API keys of one account. */
export const MAX_KEYS = 20;
