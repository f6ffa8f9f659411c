/** A request that is being answered, or was. */
export interface KeptAnswer {
  /** What was sent, as a hash. */
  fingerprint: string;
  /** `null` while it is being answered. */
  answer: string | null;
}

export interface BegunRequest {
  /** A hash of whose it is and of its key. */
  id: string;
  fingerprint: string;
  startedAt: Date;
  /** From then on it is as if it had never been. */
  expiresAt: Date;
  /** One that began before and has no answer is as if it had never been, too. */
  givenUpBefore: Date;
}

/** Answers of requests that may be sent again. `prune` of the store removes them when they expire. */
export interface AnswerStore {
  /** Begins a request, or answers what there is of an earlier one of this id. Of concurrent calls one begins it. */
  begin(request: BegunRequest): Promise<KeptAnswer | null>;
  keep(id: string, answer: string): Promise<void>;
  forget(id: string): Promise<void>;
}
