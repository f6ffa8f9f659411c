/** The e-mail address typed last, so that switching between sign-in and sign-up does not ask for it again. */
let typed = "";

export function rememberEmail(email: string): void {
  typed = email;
}

export function rememberedEmail(): string {
  return typed;
}
