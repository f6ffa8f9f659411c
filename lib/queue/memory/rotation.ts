/** Whose something that waits is. */
interface Owned {
  job: { group: string; account: string };
}

/** What waits for a turn. Turns go round the groups, within each round its accounts, and are first in first out within an account. */
export class Rotation<Place extends Owned> {
  /** Groups, and the accounts of each, in the order of their next turns; none is empty. */
  readonly #groups = new Map<string, Map<string, Place[]>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  hasGroup(group: string): boolean {
    return this.#groups.has(group);
  }

  hasAccount({ group, account }: Place["job"]): boolean {
    return this.#groups.get(group)?.has(account) ?? false;
  }

  add(place: Place): void {
    const { group, account } = place.job;
    const accounts = this.#groups.get(group) ?? new Map<string, Place[]>();
    const line = accounts.get(account) ?? [];
    line.push(place);
    accounts.set(account, line);
    this.#groups.set(group, accounts);
    this.#size++;
  }

  /** Takes out the first that may have a turn, and moves its account and group to the end. */
  takeNext(mayStart: (place: Place) => boolean): Place | null {
    for (const accounts of this.#groups.values()) {
      for (const [first] of accounts.values()) {
        if (!first || !mayStart(first)) continue;
        this.remove(first);
        const { group, account } = first.job;
        moveToEnd(accounts, account);
        moveToEnd(this.#groups, group);
        return first;
      }
    }
    return null;
  }

  /** Takes out what waits no longer; `false` when it did not wait. */
  remove(place: Place): boolean {
    const { group, account } = place.job;
    const accounts = this.#groups.get(group);
    const line = accounts?.get(account);
    const index = line?.indexOf(place) ?? -1;
    if (!accounts || !line || index < 0) return false;
    line.splice(index, 1);
    if (line.length === 0) accounts.delete(account);
    if (accounts.size === 0) this.#groups.delete(group);
    this.#size--;
    return true;
  }

  /** All that wait, in the order in which they would get their turns if nothing but the order held them. */
  inOrder(): Place[] {
    const groups = [...this.#groups.values()].map((accounts) => roundRobin([...accounts.values()]));
    return roundRobin(groups);
  }
}

function moveToEnd<Value>(map: Map<string, Value>, key: string): void {
  const value = map.get(key);
  if (value === undefined) return;
  map.delete(key);
  map.set(key, value);
}

/** The first of each line, then the second of each, and so on. */
function roundRobin<Item>(lines: readonly (readonly Item[])[]): Item[] {
  const rounds = Math.max(0, ...lines.map((line) => line.length));
  return Array.from({ length: rounds }, (_, round) =>
    lines.flatMap((line) => line.slice(round, round + 1)),
  ).flat();
}
