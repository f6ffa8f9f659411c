import { Download, FileIcon } from "lucide-react";
import { formatBytes } from "@/lib/client/format";
import type { Artifact } from "@/lib/schemas/run";

/** Image types that cannot contain scripts. So not SVG. */
const PICTURES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** A run's artifacts: images are shown, everything else can be downloaded. */
export function Artifacts({ artifacts }: { artifacts: readonly Artifact[] }) {
  if (artifacts.length === 0) return null;
  const pictures = artifacts.filter(({ type }) => PICTURES.includes(type));
  const others = artifacts.filter(({ type }) => !PICTURES.includes(type));
  return (
    <section aria-label="Files" className="px-4 pt-3">
      <h2 className="mb-1.5 font-medium text-faint text-sm">Files</h2>
      {pictures.length === 0 ? null : (
        <ul className="flex flex-wrap gap-3">
          {pictures.map((picture) => (
            <Picture key={picture.name} picture={picture} />
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <ul className="mt-2 overflow-hidden rounded-md border border-line bg-surface">
          {others.map((file) => (
            <li key={file.name} className="border-line border-b last:border-b-0">
              <FileLink file={file} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Picture({ picture }: { picture: Artifact }) {
  return (
    <li className="max-w-full">
      <figure className="overflow-hidden rounded-md border border-line bg-surface">
        {/* biome-ignore lint/performance/noImgElement: made by a program a moment ago; there is nothing to optimise */}
        <img src={picture.url} alt={picture.name} className="mx-auto max-h-90 max-w-full" />
        <figcaption className="flex items-center gap-3 border-line border-t pl-2.5 text-sm">
          <span className="min-w-0 truncate">{picture.name}</span>
          <span className="ml-auto shrink-0 text-faint tabular-nums">{formatBytes(picture.bytes)}</span>
          <a
            href={picture.url}
            download={picture.name}
            aria-label={`Download ${picture.name}`}
            className="flex size-7 shrink-0 items-center justify-center text-muted hover:bg-hover hover:text-ink"
          >
            <Download aria-hidden="true" className="size-3.5" />
          </a>
        </figcaption>
      </figure>
    </li>
  );
}

function FileLink({ file }: { file: Artifact }) {
  return (
    <a
      href={file.url}
      download={file.name}
      className="flex items-center gap-2 px-2.5 py-1.5 text-base hover:bg-hover focus-visible:outline-offset-[-2px]"
    >
      <FileIcon aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      <span className="min-w-0 truncate">{file.name}</span>
      <span className="ml-auto shrink-0 text-faint text-sm tabular-nums">{formatBytes(file.bytes)}</span>
      <Download aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
    </a>
  );
}
