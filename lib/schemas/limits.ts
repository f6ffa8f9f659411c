/**
 * Sizes that both sides of the API must agree on. Bytes are bytes of UTF-8.
 * Source: design.md section 2; what is counted apart from it is said at the line.
 */
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
export const MAX_TESTS = 50;
/** Input and expected output of all tests together. */
export const MAX_TESTS_BYTES = 1_048_576;
/** A request body while it is read: every field at its limit, with room for JSON's escapes. */
export const MAX_BODY_BYTES = 8_388_608;
/** One `input` of an interactive run. */
export const MAX_INPUT_BYTES = 65_536;
