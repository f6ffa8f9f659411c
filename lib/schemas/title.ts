/** How far a program is looked at for a line that says something. */
const MAX_LINES = 200;
const MAX_LINE_CHARS = 400;
const MAX_TITLE_CHARS = 60;

export const UNTITLED = "Untitled program";

/** Lines that every program of their language begins with. */
const PREAMBLE = [
  // What a file is written in and for.
  /^#!/,
  /^(#|\/\/|--|;+|%)?\s*(-\*-.*-\*-|vim?:|frozen_string_literal\b|encoding:|coding[:=])/,
  /^<\?(php|xml|=)?\s*$|^<\?php\s|^<!doctype/i,
  /^(copyright|spdx-license|@?license\b|all rights reserved)/i,
  // What it is made of.
  /^(import|from|export\s+(\*|\{)|using|use|uses|open|require|require_relative|require_once|include|include_once|extern|load|with|library|suppressPackageStartupMessages)\b(?!\s*[=(]?\s*=>)/,
  /^(const|let|var|local|my)\s+[^=]*=\s*(await\s+import|require|import)\b/,
  /^#\s*(include|define|undef|pragma|if|ifdef|ifndef|else|elif|endif|import|region|nullable|r\s)\b/,
  /^(package|module|namespace|mod|unit|program)\s+[\w.:\\/$-]+\s*;?\s*(where)?\s*\{?\s*$/,
  /^-(module|export|compile|include|include_lib|import|mode)\b/,
  /^(#!?\[|\{-#|@file:|declare\s*\(|set\s+-|set\s+[a-z]+\s+[a-z]+\s*$|shopt\b|\$ErrorActionPreference|pragma\b|'use |"use |option\s+(explicit|strict)|implicit\s+none|on\s+error)/i,
  /^(global\s|section\s|\.(text|data|section|globl|global|intel_syntax|file|type)\b|bits\s+\d|default\s+rel)/i,
];

/** Marks of comments, headings and documentation, before and behind their words. */
const MARKS_BEFORE =
  /^(\/\*+!?|\*+(?=\s)|\/{2,}!?|#+(?=[\s!]|$)!?|--+\[*|;+|%+|<!--|\(\*+|\{-+\|?|"{3}|'{3}|=(begin|pod|head\d)|r?"{3}|REM\b|\\ )\s*/i;
const MARKS_BEHIND = /\s*(\*+\/|-->|\*+\)|-+\}|"{3}|'{3}|#+)$/;
const WORD = /[\p{L}\p{N}]/u;

/** What a line says without the marks around it. */
function words(line: string): string {
  return line.replace(MARKS_BEFORE, "").replace(MARKS_BEHIND, "").trim();
}

function isPreamble(line: string): boolean {
  return PREAMBLE.some((pattern) => pattern.test(line)) || isLicense(words(line));
}

function isLicense(text: string): boolean {
  return /^(copyright|spdx-|@?licen[cs]e\b|all rights reserved|@(file|author|version|since|brief\s*$))/i.test(
    text,
  );
}

/** Whether a statement that was begun goes on in the next line, such as a list of imports in brackets. */
function opens(line: string): string | null {
  if (!/^(import|from|use|using|export|const|let|var|library|with)\b/.test(line)) return null;
  for (const [open, close] of [
    ["(", ")"],
    ["{", "}"],
  ] as const) {
    if (line.includes(open) && !line.includes(close)) return close;
  }
  return null;
}

/**
 * The first line of a program that says what it is: a comment, a heading, a definition. Never an import or another line that says nothing of
 * it, unless there is no other. As it is written, without the white space around it; empty for a program without text.
 */
export function tellingLine(code: string): string {
  let first = "";
  let until: string | null = null;
  for (const raw of firstLines(code)) {
    const line = raw.trim();
    if (line === "") continue;
    first ||= line;
    if (until !== null) {
      if (line.includes(until)) until = null;
      continue;
    }
    if (!WORD.test(line)) continue;
    if (isPreamble(line)) {
      until = opens(line);
      continue;
    }
    if (WORD.test(words(line))) return line;
  }
  return first;
}

/** The title that a program is given by its code. */
export function titleOfCode(code: string): string {
  const line = tellingLine(code);
  if (line === "") return UNTITLED;
  const said = words(line);
  const text = (WORD.test(said) ? said : line)
    .replace(/\s*(\{|\bthen|\bdo|\bbegin|=>\s*\{?)\s*$/i, "")
    .replace(/[\s:;,]+$/, "")
    .replace(/\s+/g, " ");
  const characters = [...(text === "" ? line : text)];
  if (characters.length <= MAX_TITLE_CHARS) return characters.join("");
  return `${characters
    .slice(0, MAX_TITLE_CHARS - 1)
    .join("")
    .trimEnd()}…`;
}

function* firstLines(code: string): Generator<string> {
  for (let at = 0, lines = 0; at <= code.length && lines < MAX_LINES; lines++) {
    const end = code.indexOf("\n", at);
    const stop = end < 0 ? code.length : end;
    yield code.slice(at, Math.min(stop, at + MAX_LINE_CHARS));
    at = stop + 1;
  }
}
