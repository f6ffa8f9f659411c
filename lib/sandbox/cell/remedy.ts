/** What an operator can do where the launcher could not make a run's namespaces: `refusal` is its call and what the kernel answered. */
export function remedyFor(refusal: string): string {
  if (/^unshare: No space left on device/.test(refusal))
    return "Allow user namespaces: `sysctl -w user.max_user_namespaces=10000`.";
  if (/^unshare: (Operation not permitted|Permission denied)/.test(refusal))
    return "Allow user namespaces to users without rights: `sysctl -w kernel.unprivileged_userns_clone=1` on Debian; where AppArmor restricts them (`kernel.apparmor_restrict_unprivileged_userns`, Docker's own profile), run `npm run setup` as root, which loads a profile that allows them.";
  if (/^AppArmor/.test(refusal))
    return "AppArmor is on and has no profile `quicksand-cell`: run `npm run setup` as root, which loads it.";
  if (/^(mount|\/proc\/self)/.test(refusal))
    return "Where AppArmor is on, Docker's own profile refuses to mount: run `npm run setup` as root, which loads a profile that allows it in a cell. gVisor has no cells.";
  return "See docs/security.md for what cells need, or set QUICKSAND_ISOLATION=container.";
}
