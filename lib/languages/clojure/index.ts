import { archive, jvmOptions } from "../java/jvm";
import type { Command, Language } from "../language";

const JARS = ["clojure", "spec.alpha", "core.specs.alpha"].map((name) => `/usr/share/java/${name}.jar`);

/** The jars come first, as in the archive of their classes; then the program's folder, for its own namespaces. */
const clojureMain: Exclude<Command, readonly string[]> = (context) => [
  ...["java", ...jvmOptions(context), ...archive(context, "clojure")],
  ...["-cp", [...JARS, "."].join(":"), "clojure.main"],
];

export const clojure: Language = {
  id: "clojure",
  name: "Clojure",
  version: "1.12",
  versionCommand: ["java", "-cp", JARS.join(":"), "clojure.main", "-e", "(println (clojure-version))"],
  aliases: ["clj"],
  extension: "clj",
  mainFile: "main.clj",
  editor: "clojure",
  // Java's has Clojure too: nearly all of it is the machine.
  image: { folder: "java" },
  core: false,
  run: (context) => [...clojureMain(context), "main.clj"],
  repl: clojureMain,
};
