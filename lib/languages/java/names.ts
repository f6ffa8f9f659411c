/** Comments and texts, which may hold what looks like code. An open one goes on to the end, so that no program takes long to search. */
const NO_CODE = /\/\*[\s\S]*?(?:\*\/|$)|\/\/.*|"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?/g;
const TYPE =
  /^(?<indent>[ \t]*)(?<modifiers>(?:(?:public|abstract|final|sealed|non-sealed|strictfp)[ \t]+)*)(?:class|interface|enum|record|@interface)[ \t]+(?<name>[\p{L}_$][\p{L}\p{N}_$]*)/gmu;
const MAIN = /\bvoid[ \t]+main[ \t]*\(/;
const PACKAGE = /^[ \t]*package[ \t]+(?<name>[\p{L}_$][\p{L}\p{N}_$.]*)[ \t]*;/mu;
/** Longer ones could be no names of files. */
const MAX_NAME = 80;

interface Type {
  name: string;
  isPublic: boolean;
  indent: number;
  at: number;
}

/** The file that Java wants the program in: a public class names its file. */
export function fileOf(code: string): string {
  const found = outerTypes(withoutTexts(code)).find(({ isPublic }) => isPublic);
  return `${found?.name ?? "Main"}.java`;
}

/** The class to start, with its package: the one that has `main`. */
export function mainClassOf(code: string): string {
  const text = withoutTexts(code);
  const types = outerTypes(text);
  const start = text.search(MAIN);
  const found = types.findLast(({ at }) => at < start) ?? types.find(({ isPublic }) => isPublic) ?? types[0];
  const folder = PACKAGE.exec(text)?.groups?.name;
  return [...(folder === undefined ? [] : [folder]), found?.name ?? "Main"].join(".");
}

function withoutTexts(code: string): string {
  return code.replace(NO_CODE, " ");
}

/** Types that are in no other: those with the least indent, since some indent all of their code. */
function outerTypes(text: string): readonly Type[] {
  const types = [...text.matchAll(TYPE)].map(({ index, groups = {} }): Type => {
    const { indent = "", modifiers = "", name = "" } = groups;
    return { name, isPublic: modifiers.includes("public"), indent: indent.length, at: index };
  });
  const least = types.reduce((so, { indent }) => Math.min(so, indent), Number.POSITIVE_INFINITY);
  return types.filter(({ name, indent }) => indent === least && name.length <= MAX_NAME);
}
