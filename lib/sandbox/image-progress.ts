import type { Language } from "../languages";
import type { Image, Images } from "./images";
import type { SandboxEvent } from "./sandbox";

/**
 * The image of a language. Yields `preparing` events while it has to be pulled or built. Rejects with the reason of
 * `cancelled`; the preparation goes on for the next run.
 */
export async function* imageWithProgress(
  images: Images,
  language: Language,
  cancelled: Promise<never>,
): AsyncGenerator<SandboxEvent, Image> {
  const there = images.known(language) ?? (await images.find(language));
  if (there) return there;
  // Only the newest is worth showing.
  const progress: SandboxEvent[] = [];
  let wake = () => {};
  const made = images.prepare(language, (newest) => {
    progress[0] = { type: "preparing", ...newest };
    wake();
  });
  // Avoids an unhandled rejection when the reader leaves; awaiters still see it.
  made.catch(() => {});
  for (;;) {
    const news = new Promise<null>((resolve) => {
      wake = () => resolve(null);
    });
    const event = progress.shift();
    if (event) yield event;
    else {
      const image = await Promise.race([made, news, cancelled]);
      if (image) return image;
    }
  }
}
