import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { cellProfileState, hasAppArmor, loadCellProfile, withoutCells } from "./cell-profile.mjs";
import { wantsCells } from "./settings.mjs";

const TEXT = "profile quicksand-cell {\n}\n";
const LOADED = "docker-default (enforce)\nquicksand-cell (enforce)\nquicksand-cell-old (complain)\n";

/** A machine's places, empty but for what is given, and a parser that notes what it is asked for. */
function machine(t, { file, loaded, refuses = "nothing" }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-apparmor-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const at = (name, text, mode = 0o644) => {
    const place = path.join(folder, name);
    if (text !== undefined) fs.writeFileSync(place, text, { mode });
    return place;
  };
  const asked = at("asked", "");
  const script = `#!/bin/sh\necho "$@" >>${asked}\ncase "$*" in *${refuses}*) echo "syntax error, unexpected TOK_ID" >&2; exit 1;; esac\n`;
  return {
    places: { file: at("quicksand-cell", file), loaded: at("profiles", loaded) },
    source: at("source", TEXT),
    parser: at("apparmor_parser", script, 0o755),
    asked: () => fs.readFileSync(asked, "utf8").replaceAll(`${folder}/`, "").trimEnd().split("\n"),
  };
}

test("cells are wanted by `cell` and `auto`, not by default", () => {
  const wanted = ["cell", "auto", "container", "", undefined].filter((QUICKSAND_ISOLATION) =>
    wantsCells({ QUICKSAND_ISOLATION }),
  );
  assert.deepEqual(wanted, ["cell", "auto"]);
});

test("an engine has AppArmor when it says so of itself, whatever else it has", () => {
  assert.equal(hasAppArmor({ SecurityOptions: ["name=apparmor", "name=seccomp,profile=builtin"] }), true);
  assert.equal(hasAppArmor({ SecurityOptions: ["name=seccomp,profile=apparmor", "name=cgroupns"] }), false);
  assert.equal(hasAppArmor({ SecurityOptions: null }), false);
  assert.equal(hasAppArmor({}), false);
});

test("the profile is ready when its file is ours and the kernel enforces it", (t) => {
  const state = (given, user = 0) => cellProfileState(TEXT, { user, places: machine(t, given).places });
  assert.equal(state({ file: TEXT, loaded: LOADED }), "ready");
  assert.equal(state({ loaded: LOADED }), "missing", "it would not survive a boot");
  assert.equal(state({ file: `${TEXT}# older\n`, loaded: LOADED }), "missing", "that of an older version");
  assert.equal(state({ file: TEXT, loaded: "docker-default (enforce)\n" }), "missing", "not loaded");
  assert.equal(state({ file: TEXT, loaded: "quicksand-cell (complain)\n" }), "missing", "not in force");
  assert.equal(state({ file: TEXT }), "missing", "no AppArmor to be seen");
});

test("who may not see what is loaded goes by the file", (t) => {
  const state = (given) => cellProfileState(TEXT, { user: 1000, places: machine(t, given).places });
  assert.equal(state({ file: TEXT }), "ready");
  assert.equal(state({}), "missing");
});

test("it is tried, put where the next boot finds it, and loaded", async (t) => {
  const { places, source, parser, asked } = machine(t, { file: "older" });
  await loadCellProfile(source, { places, parser });
  assert.deepEqual(asked(), [
    "--skip-kernel-load --skip-cache source",
    "--replace --write-cache quicksand-cell",
  ]);
  assert.equal(fs.readFileSync(places.file, "utf8"), TEXT);
  assert.equal(fs.statSync(places.file).mode & 0o777, 0o644);
});

test("what the parser does not take is not put where the next boot would find it", async (t) => {
  const { places, source, parser } = machine(t, { refuses: "--skip-kernel-load" });
  const error = await loadCellProfile(source, { places, parser }).catch((caught) => caught);
  assert.equal(fs.existsSync(places.file), false);
  const words = withoutCells(error);
  assert.match(words, /runs have containers of their own: `apparmor_parser .*` ended with exit code 1/);
  assert.match(words, /syntax error, unexpected TOK_ID/);
  assert.match(
    words,
    /sudo install -m 644 lib\/sandbox\/cell\/quicksand-cell\.apparmor \/etc\/apparmor\.d\/quicksand-cell && sudo apparmor_parser -r -W \/etc\/apparmor\.d\/quicksand-cell$/,
  );
});
