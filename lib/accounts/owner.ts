import type { Identity } from "../auth/identity";
import type { User } from "../store/accounts";

/** The identity that routes with access `user` are given. */
export type Owner = Identity & { user: User };
