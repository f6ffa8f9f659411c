/** The address typed last, so that going from signing in to signing up, or back, does not ask for it again. */
let typed = "";

export function rememberEmail(email: string): void {
  typed = email;
}

export function rememberedEmail(): string {
  return typed;
}
