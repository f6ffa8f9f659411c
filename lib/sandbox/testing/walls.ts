import type { Isolation } from "../../schemas/run";
import type { SandboxOptions } from "..";

/**
 * An isolation under test: its name, and the options of a sandbox that has it. The suites in `testing/suites` are functions of a
 * wall and open a sandbox of their own, so testing another isolation is one more call of each. Options that are known only
 * later (the address of an engine that is started for the tests) are given as a function.
 */
export interface Wall {
  name: string;
  /** Whose kernel a program talks to. What differs with gVisor's is in the suites, side by side with what holds for the host's. */
  kernel: "host" | "gVisor";
  /** What a run says that it was isolated by. */
  isolation: Isolation;
  options: Partial<SandboxOptions> | (() => Promise<Partial<SandboxOptions>>);
}

/** Isolations that need nothing but the machine's own engine. */
export const WALLS: readonly Wall[] = (["container", "cell"] as const).map((isolation) => ({
  ...{ name: isolation, kernel: "host", isolation },
  options: { isolation },
}));

/** All of them in `npm run test:all`; for suites whose subject is not a wall `npm test` has the default. */
export const SAMPLED_WALLS = process.env.QUICKSAND_TEST_ALL ? WALLS : WALLS.slice(0, 1);
