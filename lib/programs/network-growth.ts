import type { Viewer } from "../auth/viewer";
import type { Plans } from "../plans";
import { networkFull } from "./refusals";

/** Counts under keys, each for a day from its first count on. */
export interface DayCounts {
  /** Answers what is counted then. */
  penalty(key: string, count: number): Promise<{ consumedPoints: number }>;
  reward(key: string, count: number): Promise<unknown>;
}

/** By how much the programs of a network, and the files of its sessions, have grown today, whoever's they are: cookies and accounts can be had in any number. */
export interface NetworkGrowth {
  /** Counts so many bytes more for each of the viewer's networks, or for none of them. Throws `quota_exceeded` beyond the plan's. */
  take(viewer: Viewer, bytes: number, now: Date): Promise<{ giveBack(): Promise<void> }>;
}

export function createNetworkGrowth(grown: DayCounts, plans: Plans): NetworkGrowth {
  return {
    async take({ plan, networks = [] }, bytes, now) {
      const taken: string[] = [];
      const giveBack = async () => {
        for (const network of taken.splice(0)) await grown.reward(network, bytes);
      };
      if (bytes <= 0) return { giveBack };
      // One count for all plans: each says by itself what is too much.
      const limit = plans[plan].programBytesPerDayPerNetwork;
      for (const network of networks) {
        taken.push(network);
        const { consumedPoints } = await grown.penalty(network, bytes);
        if (consumedPoints <= limit) continue;
        await giveBack();
        throw networkFull(limit, now);
      }
      return { giveBack };
    },
  };
}
