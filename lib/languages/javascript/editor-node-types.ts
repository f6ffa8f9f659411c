/**
 * A sketch of Node's types for the editor: what small programs use. The real ones are two megabytes.
 * Modules that are not named here are known, with everything in them of type `any`.
 */
export const NODE_TYPES = `
interface ReadableLike extends AsyncIterable<any> {
  setEncoding(encoding: string): this;
  on(event: "data", listener: (chunk: any) => void): this;
  on(event: "end" | "close", listener: () => void): this;
  on(event: string, listener: (...args: any[]) => void): this;
  readonly fd: number;
  [more: string]: any;
}
interface WritableLike {
  write(text: any): boolean;
  end(text?: any): void;
  readonly isTTY: boolean;
  readonly columns: number;
  [more: string]: any;
}
declare var process: {
  readonly argv: string[];
  readonly env: Record<string, string | undefined>;
  readonly stdin: ReadableLike;
  readonly stdout: WritableLike;
  readonly stderr: WritableLike;
  readonly pid: number;
  readonly platform: string;
  readonly version: string;
  exitCode: number | undefined;
  exit(code?: number): never;
  on(event: string, listener: (...args: any[]) => void): void;
  nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
  hrtime: { (from?: [number, number]): [number, number]; bigint(): bigint };
  memoryUsage(): Record<string, number>;
  [more: string]: any;
};
declare var console: Record<
  "log" | "error" | "warn" | "info" | "debug" | "trace" | "table" | "dir" | "time" | "timeEnd" | "timeLog" | "count" | "group" | "groupEnd" | "assert",
  (...values: any[]) => void
>;
declare function setTimeout(callback: (...args: any[]) => void, ms?: number, ...args: any[]): any;
declare function setInterval(callback: (...args: any[]) => void, ms?: number, ...args: any[]): any;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): any;
declare function clearTimeout(timer: any): void;
declare function clearInterval(timer: any): void;
declare function clearImmediate(timer: any): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function require(name: string): any;
declare var module: { exports: any };
declare var exports: any;
declare var __dirname: string;
declare var __filename: string;
declare var global: typeof globalThis;
interface ImportMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  resolve(specifier: string): string;
}
declare var performance: { now(): number; [more: string]: any };
declare var Buffer: any;
declare var TextEncoder: any;
declare var TextDecoder: any;
declare var URL: any;
declare var URLSearchParams: any;
declare var AbortController: any;
declare var AbortSignal: any;
declare var crypto: any;

declare module "node:readline" {
  interface Interface extends AsyncIterable<string> {
    on(event: "line", listener: (line: string) => void): this;
    on(event: "close", listener: () => void): this;
    on(event: string, listener: (...args: any[]) => void): this;
    question(query: string, callback: (answer: string) => void): void;
    setPrompt(prompt: string): void;
    prompt(): void;
    close(): void;
  }
  export function createInterface(options: { input: any; output?: any; [more: string]: any }): Interface;
}
declare module "node:readline/promises" {
  interface Interface extends AsyncIterable<string> {
    on(event: "line", listener: (line: string) => void): this;
    on(event: string, listener: (...args: any[]) => void): this;
    question(query: string): Promise<string>;
    close(): void;
  }
  export function createInterface(options: { input: any; output?: any; [more: string]: any }): Interface;
}
declare module "readline" { export * from "node:readline"; }
declare module "readline/promises" { export * from "node:readline/promises"; }
declare module "node:fs" {
  export function readFileSync(path: string | number, encoding: string): string;
  export function readFileSync(path: string | number): any;
  export function writeFileSync(path: string | number, data: any): void;
  export function existsSync(path: string): boolean;
  export function readdirSync(path: string): string[];
  export function mkdirSync(path: string, options?: any): void;
  export const promises: any;
}
declare module "fs" { export * from "node:fs"; }
declare module "node:*";
declare module "lodash";
declare module "lodash/*";
declare module "immutable";
${[
  "assert",
  "buffer",
  "child_process",
  "crypto",
  "events",
  "fs/promises",
  "http",
  "os",
  "path",
  "perf_hooks",
  "process",
  "stream",
  "timers",
  "timers/promises",
  "url",
  "util",
  "worker_threads",
  "zlib",
]
  .map((name) => `declare module "${name}";`)
  .join("\n")}
`;
