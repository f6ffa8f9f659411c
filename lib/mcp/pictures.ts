import type { ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { CompatibleCall } from "../http";
import type { Report } from "./report";

/** What models can look at. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** All pictures of an answer together; base64 makes a third more of it. */
const MAX_PICTURES_BYTES = 1_048_576;

/** The files that a run left: pictures as pictures while there is room, everything else as links. */
export async function filesOf(
  { services: { runs }, viewer }: Pick<CompatibleCall, "services" | "viewer">,
  { id, files }: Pick<Report, "id" | "files">,
): Promise<ContentBlock[]> {
  const content: ContentBlock[] = [];
  let room = MAX_PICTURES_BYTES;
  for (const { name, type, bytes, url } of files) {
    if (!PICTURES.has(type) || bytes > room) {
      content.push({ type: "resource_link", uri: url, name, mimeType: type, size: bytes });
      continue;
    }
    room -= bytes;
    const parts: Uint8Array[] = [];
    for await (const part of (await runs.artifact(viewer, id, name)).bytes) parts.push(part);
    content.push({ type: "image", data: Buffer.concat(parts).toString("base64"), mimeType: type });
  }
  return content;
}
