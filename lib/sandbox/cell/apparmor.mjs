/**
 * What AppArmor knows of cells (ADR 85). Plain JavaScript without packages: the set-up loads by these names what the server asks the engine for.
 */

/** The name of the profile that a cell's container has where the engine's machine has AppArmor. */
export const CELL_PROFILE = "quicksand-cell";

/** Its text, from the folder of the project. */
export const CELL_PROFILE_SOURCE = "lib/sandbox/cell/quicksand-cell.apparmor";

/** Where AppArmor finds it when the machine boots. */
export const CELL_PROFILE_FILE = `/etc/apparmor.d/${CELL_PROFILE}`;

/** What loads it by hand. */
export const LOAD_CELL_PROFILE = `sudo install -m 644 ${CELL_PROFILE_SOURCE} ${CELL_PROFILE_FILE} && sudo apparmor_parser -r -W ${CELL_PROFILE_FILE}`;
