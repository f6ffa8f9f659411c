import type { CompileContext } from "../language";

/** Debian's jars by the package that programs import from them. */
const JARS: Readonly<Record<string, string>> = {
  "com.google.common": "guava",
  "com.google.gson": "gson",
  "org.apache.commons.collections4": "commons-collections4",
  "org.apache.commons.lang3": "commons-lang3",
  "org.apache.commons.math3": "commons-math3",
};

export const LIBRARIES = Object.keys(JARS);

/**
 * The class path of a program: its own folder, and the jars that it names, wherever it does. The compiler reads through every jar that it is
 * given, which a program without them should not wait for.
 */
export function classPath({ files, ownImage }: Pick<CompileContext, "files" | "ownImage">): string {
  const named = Object.entries(JARS).filter(([name]) =>
    files.some(({ content }) => content.includes(`${name}.`)),
  );
  return [".", ...(ownImage ? named.map(([, jar]) => `/usr/share/java/${jar}.jar`) : [])].join(":");
}
