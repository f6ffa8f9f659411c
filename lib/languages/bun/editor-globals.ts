/** What small programs use of Bun: enough for the editor not to mark it as unknown. */
export const BUN_TYPES = `
interface BunFile extends Blob {
  readonly name?: string;
  text(): Promise<string>;
  json(): Promise<unknown>;
  exists(): Promise<boolean>;
}
declare const Bun: {
  readonly argv: string[];
  readonly env: Record<string, string | undefined>;
  readonly main: string;
  readonly version: string;
  readonly stdin: BunFile;
  readonly stdout: BunFile;
  readonly stderr: BunFile;
  file(path: string | URL): BunFile;
  write(to: BunFile | string | URL, what: string | Blob | ArrayBuffer | Uint8Array): Promise<number>;
  sleep(ms: number): Promise<void>;
  sleepSync(ms: number): void;
  nanoseconds(): number;
  hash(what: string | Uint8Array): number | bigint;
  inspect(value: unknown, options?: object): string;
  deepEquals(a: unknown, b: unknown): boolean;
  gzipSync(bytes: Uint8Array): Uint8Array;
  gunzipSync(bytes: Uint8Array): Uint8Array;
  stringWidth(text: string): number;
  color(input: string, format?: string): string | null;
  randomUUIDv7(): string;
};
interface Console extends AsyncIterable<string> {}
`;
