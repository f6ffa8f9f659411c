import type { ImageList, ListedImage, Removed } from "../../lib/sandbox/image-store";
import { size, textTable } from "./table.mjs";

/** The table of all languages' images, and what ours take. Languages that share an image are told its size each. */
export function listText({ images, bytes, prunableBytes }: ImageList): string {
  const rows = images.map((image) => [
    ...[image.language.name, image.language.id, image.tag, stateOf(image)],
    image.bytes === null ? "–" : size(image.bytes),
  ]);
  const there = images.filter((image) => image.bytes !== null).length;
  const old = prunableBytes > 0 ? `, ${size(prunableBytes)} of it by old ones, which --prune removes` : "";
  return [
    textTable([["language", "id", "image", "state", "size"], ...rows], [4]),
    "",
    `${there} of ${images.length} languages are ready. All images of ours take ${size(bytes)}${old}; what they share is counted once.`,
  ].join("\n");
}

function stateOf({ named, bytes }: ListedImage): string {
  if (!named) return bytes === null ? "not made" : "ready";
  return bytes === null ? "named by you, not pulled" : "named by you";
}

/** What was removed, what is in use, and what became free. */
export function removedText({ removed, kept, bytes }: Removed): string {
  const lines = removed.map((image) => `Removed ${shown(image)}.`);
  for (const { image, containers } of kept) lines.push(`Kept ${shown(image)}: ${reason(containers)}.`);
  lines.push(removed.length > 0 ? `${size(Math.max(0, bytes))} became free.` : "Nothing was removed.");
  return lines.join("\n");
}

function reason(containers: readonly string[]): string {
  if (containers.length === 0) return "it is not there, or another image stands on it";
  const some = containers.slice(0, 3).join(", ");
  const more = containers.length > 3 ? ` and ${containers.length - 3} more` : "";
  return `${containers.length === 1 ? "a container uses" : `${containers.length} containers use`} it (${some}${more}); stop Quicksand first`;
}

function shown(image: string): string {
  return image.startsWith("sha256:") ? image.slice(0, 19) : image;
}
