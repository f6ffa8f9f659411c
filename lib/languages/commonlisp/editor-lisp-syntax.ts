import * as monaco from "monaco-editor/editor";

export interface LispDialect {
  id: string;
  extensions: string[];
  name: string;
  keywords: readonly string[];
  functions: readonly string[];
}

/** The syntax of a language of Lisp's family: they differ in their words. */
export function registerLisp({ id, extensions, name, keywords, functions }: LispDialect): void {
  monaco.languages.register({ id, extensions, aliases: [name] });
  monaco.languages.setLanguageConfiguration(id, {
    comments: { lineComment: ";", blockComment: ["#|", "|#"] },
    // A name may have nearly any character in it.
    wordPattern: /[^\s()[\]{}"'`,;#|]+/,
    brackets: [
      ["(", ")"],
      ["[", "]"],
      ["{", "}"],
    ],
    autoClosingPairs: [
      { open: "(", close: ")" },
      { open: "[", close: "]" },
      { open: "{", close: "}" },
      { open: '"', close: '"', notIn: ["string", "comment"] },
    ],
  });
  monaco.languages.setMonarchTokensProvider(id, {
    keywords: [...keywords],
    functions: [...functions],
    tokenizer: {
      root: [
        [/#lang\b.*$/, "keyword"],
        [/;.*$/, "comment"],
        [/#\|/, "comment", "@comment"],
        [/"/, "string", "@string"],
        [/#\\(?:[A-Za-z]+|.)/, "string"],
        [/\?\\?(?:[^\s()])(?=[\s()]|$)/, "string"],
        [/#[xXoObBdD][0-9a-fA-F]+/, "number"],
        [/[-+]?(?:\d+(?:\/\d+|\.\d*)?|\.\d+)(?:[eEdD][-+]?\d+)?(?=[\s()[\]"';]|$)/, "number"],
        [/[:&][^\s()[\]{}"'`,;]+|#:[^\s()[\]{}"'`,;]+/, "type"],
        [/#[tfTF](?:rue|alse)?(?=[\s()[\]]|$)/, "constant"],
        [
          /[^\s()[\]{}"'`,;#|][^\s()[\]{}"'`,;]*/,
          { cases: { "@keywords": "keyword", "@functions": "predefined", "@default": "identifier" } },
        ],
        [/[()[\]{}]/, "@brackets"],
        [/#?['`]|,@?|#/, "operator"],
      ],
      comment: [
        [/[^#|]+/, "comment"],
        [/#\|/, "comment", "@push"],
        [/\|#/, "comment", "@pop"],
        [/[#|]/, "comment"],
      ],
      string: [
        [/[^"\\]+/, "string"],
        [/\\./, "string.escape"],
        [/\\$/, "string.escape"],
        [/"/, "string", "@pop"],
      ],
    },
  });
}
