/** The address typed last, so that going from signing in to signing up, or back, does not ask for it again. */
let typed = "";

export function keepEmail(email: string): void {
  typed = email;
}

export function keptEmail(): string {
  return typed;
}
