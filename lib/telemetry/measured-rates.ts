import type { Rates } from "../rates";
import type { PortMeter } from "./metrics";

/** Rates that tell what was refused, by the name of the limit. */
export function measuredRates(rates: Rates, meter: Pick<PortMeter, "rateRefused">): Rates {
  return {
    async take(name, key, perMinute) {
      const rate = await rates.take(name, key, perMinute);
      if (!rate.allowed) meter.rateRefused(name);
      return rate;
    },
    giveBack: (name, key, perMinute) => rates.giveBack(name, key, perMinute),
  };
}
