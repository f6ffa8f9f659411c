/** What our images stand on. Plain JavaScript: the set-up begins to make it before packages are there. */
export const BASE_IMAGE = "debian:trixie-slim";
