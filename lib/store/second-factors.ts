/** What somebody's authenticator app and recovery codes are checked against. */
export interface TwoFactor {
  /** The secret shared with the app, encrypted by the caller. */
  secret: string;
  /** When it was confirmed by a first code; `null` while it is being set up and asks nobody for anything. */
  since: Date | null;
  /** The latest time step whose code was used. A code works once. */
  lastStep: number;
  /** Hashes of the recovery codes that are left. */
  recovery: readonly string[];
}

/** The part of `AccountStore` for two-factor sign-in. Each of the conditions holds for concurrent calls too: of several, one is `true`. */
export interface SecondFactors {
  getTwoFactor(user: string): Promise<TwoFactor | null>;
  /** Begins to set it up, in place of what was begun before. `false` when it is on, or the user is deleted. */
  beginTwoFactor(user: string, secret: string): Promise<boolean>;
  /** Turns on what was begun with this very secret; `false` when it is not that any more. */
  enableTwoFactor(user: string, twoFactor: TwoFactor & { since: Date }): Promise<boolean>;
  /** Uses up a time step and all before it; `false` when it was used already, or two-factor sign-in is not on. */
  spendStep(user: string, step: number): Promise<boolean>;
  /** Uses up a recovery code; `false` when there is no such code. */
  spendRecoveryCode(user: string, hash: string): Promise<boolean>;
  /** `false` when two-factor sign-in is not on. */
  replaceRecoveryCodes(user: string, hashes: readonly string[]): Promise<boolean>;
  /** Turns it off and forgets the secret; `false` when there was none. */
  disableTwoFactor(user: string): Promise<boolean>;
}
