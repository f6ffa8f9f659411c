import { CELL_PROFILE, LOAD_CELL_PROFILE } from "./apparmor.mjs";

const LOAD_IT = `load it there, in Quicksand's folder, with \`${LOAD_CELL_PROFILE}\`, or run \`npm start\` once as root, which does the same.`;

/** What each remedy is for: what a launcher said (its call and the kernel's answer, in either order), or the engine when it could not start it. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?=.*\b(unshare|clone)\b).*No space left on device/,
    `The kernel makes no user namespaces: ${setting("user.max_user_namespaces", 10_000)}`,
  ],
  // AppArmor's answer is another one (EACCES).
  [
    /^(?=.*\b(unshare|clone)\b).*Operation not permitted/,
    `Only root may make user namespaces: ${setting("kernel.unprivileged_userns_clone", 1)}`,
  ],
  [
    /apparmor/i,
    `The engine's machine has AppArmor, which does not know the profile ${CELL_PROFILE}: ${LOAD_IT}`,
  ],
  // Ubuntu's kernel.apparmor_restrict_unprivileged_userns lets a namespace be made, and then nothing be done in it.
  [
    /Permission denied/,
    `AppArmor forbids it, so the profile ${CELL_PROFILE} on the engine's machine is not this version's: ${LOAD_IT}`,
  ],
];

function setting(name: string, value: number): string {
  return `\`echo ${name}=${value} | sudo tee /etc/sysctl.d/60-quicksand.conf && sudo sysctl --system\` on the engine's machine changes that.`;
}

/**
 * What an operator can do where cells cannot be had. Cells are tried again every few minutes, so nothing has to be restarted.
 * @param refusal what the launcher or the engine said
 */
export function remedyFor(refusal: string): string {
  const [, remedy] = REMEDIES.find(([pattern]) => pattern.test(refusal)) ?? [];
  return remedy ?? "docs/security.md says what cells need; without them, set QUICKSAND_ISOLATION=container.";
}
