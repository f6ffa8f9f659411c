import type { CommandContext } from "../language";

const MB = 1_048_576;
/** Of the sandbox's memory; the rest is the machine itself: its code, threads, and what it knows of classes. */
const HEAP_SHARE = 0.6;

/**
 * A Java machine that fits its sandbox: it would guess its heap and threads, in some sandboxes from the whole host. The simple collector and
 * the quick compiler take the least memory and the shortest start. It says nothing of itself: its warnings would go to the program's output.
 */
export function jvmOptions({ limits }: Pick<CommandContext, "limits">): string[] {
  return [
    `-Xmx${Math.floor((limits.memoryBytes * HEAP_SHARE) / MB)}m`,
    `-XX:ActiveProcessorCount=${Math.max(1, Math.ceil(limits.cpus))}`,
    ...["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xlog:disable"],
  ];
}

/** Classes as our image has them ready: reading them from there halves the start. */
export function archive(
  { ownImage }: Pick<CommandContext, "ownImage">,
  name: "javac" | "run" | "clojure",
): string[] {
  return ownImage ? [`-XX:SharedArchiveFile=/usr/lib/quicksand/${name}.jsa`] : [];
}
