/** What small programs use of Deno: enough for the editor not to mark it as unknown. */
export const DENO_TYPES = `
declare namespace Deno {
  const args: string[];
  const mainModule: string;
  const version: { deno: string; v8: string; typescript: string };
  const build: { os: string; arch: string };
  const env: { get(name: string): string | undefined; set(name: string, value: string): void; toObject(): Record<string, string> };
  interface Reading { readonly readable: ReadableStream<Uint8Array>; read(into: Uint8Array): Promise<number | null>; readSync(into: Uint8Array): number | null }
  interface Writing { readonly writable: WritableStream<Uint8Array>; write(bytes: Uint8Array): Promise<number>; writeSync(bytes: Uint8Array): number }
  const stdin: Reading & { isTerminal(): boolean };
  const stdout: Writing & { isTerminal(): boolean };
  const stderr: Writing & { isTerminal(): boolean };
  function exit(code?: number): never;
  function cwd(): string;
  function memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number };
  function inspect(value: unknown, options?: object): string;
  function readTextFile(path: string | URL): Promise<string>;
  function readTextFileSync(path: string | URL): string;
  function readFile(path: string | URL): Promise<Uint8Array>;
  function writeTextFile(path: string | URL, text: string, options?: object): Promise<void>;
  function writeTextFileSync(path: string | URL, text: string, options?: object): void;
  function writeFile(path: string | URL, bytes: Uint8Array, options?: object): Promise<void>;
  function mkdir(path: string | URL, options?: object): Promise<void>;
  function remove(path: string | URL, options?: object): Promise<void>;
  function readDir(path: string | URL): AsyncIterable<{ name: string; isFile: boolean; isDirectory: boolean }>;
  function test(name: string, run: () => void | Promise<void>): void;
}
declare function prompt(message?: string, initial?: string): string | null;
declare function alert(message?: string): void;
declare function confirm(message?: string): boolean;
`;
