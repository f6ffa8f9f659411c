export { createClient } from "./client.mjs";
export { QuicksandError } from "./error.mjs";
