#!/bin/sh
# Makes one file of a program and its own modules, types stripped: `.main.ts.cjs` of `main.ts`, or `.main.ts.mjs` where it awaits at its top,
# which CommonJS cannot. What tells a file where it is comes from modules.cjs, since all files are one.
bundle() {
  esbuild "$main" "--format=$2" "--outfile=$(dirname "$main")/.$(basename "$main").$1" \
    --bundle --platform=node --target=node24 --sourcemap=inline --log-level=warning \
    --define:__filename=globalThis.__filename --define:__dirname=globalThis.__dirname --define:import.meta=globalThis.__importMeta
}

main=$1
if said=$(bundle cjs cjs 2>&1); then status=0; else status=1; fi
case $said in
  *'Top-level await is currently not supported'*) bundle mjs esm ;;
  '') ;;
  *) printf '%s\n\n' "$said" >&2; exit $status ;;
esac
