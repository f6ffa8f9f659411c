import { buffer } from "node:stream/consumers";
import type { ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { CompatibleCall } from "../http";
import type { Report } from "./report";

/** What models can look at. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** All pictures of an answer together; base64 makes a third more of it. */
const MAX_PICTURES_BYTES = 1_048_576;

/**
 * The files that a run left: pictures as pictures while there is room, everything else as links. A picture that cannot be read is a link
 * too: what the program printed is not lost for it.
 */
export async function filesOf(
  { services: { runs }, viewer, onError }: Pick<CompatibleCall, "services" | "viewer" | "onError">,
  { id, files }: Pick<Report, "id" | "files">,
): Promise<ContentBlock[]> {
  const content: ContentBlock[] = [];
  let room = MAX_PICTURES_BYTES;
  for (const { name, type, bytes, url } of files) {
    const link = { type: "resource_link", uri: url, name, mimeType: type, size: bytes } as const;
    if (!PICTURES.has(type) || bytes > room) {
      content.push(link);
      continue;
    }
    try {
      const picture = await buffer((await runs.artifact(viewer, id, name)).bytes);
      content.push({ type: "image", data: picture.toString("base64"), mimeType: type });
      room -= bytes;
    } catch (error) {
      onError(error);
      content.push(link);
    }
  }
  return content;
}
