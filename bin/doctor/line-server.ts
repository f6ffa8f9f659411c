import net from "node:net";
import tls from "node:tls";

const MAX_ANSWER_BYTES = 65_536;

/**
 * Talks to a server of a protocol of lines: sends each request once the answer to the one before is complete, and returns the answers. `greets`
 * servers speak first. Rejects when it is not reached or has not answered within `limitMs`.
 */
export async function talk(
  { host, port, secure }: { host: string; port: number; secure: boolean },
  requests: readonly string[],
  { complete, greets, limitMs }: { complete: (answer: string) => boolean; greets: boolean; limitMs: number },
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = secure
      ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }) })
      : net.connect({ host, port });
    const answers: string[] = [];
    const left = [...requests];
    let answer = "";
    const timer = setTimeout(() => end(new Error(`no answer within ${limitMs / 1_000} s`)), limitMs);
    const end = (error: Error | null) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve(answers);
    };
    const next = () => {
      const request = left.shift();
      if (request === undefined) end(null);
      else socket.write(request);
    };
    socket.once(secure ? "secureConnect" : "connect", () => {
      if (!greets) next();
    });
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      if (answer.length > MAX_ANSWER_BYTES) return end(new Error("it answers more than it should"));
      if (!complete(answer)) return;
      answers.push(answer);
      answer = "";
      next();
    });
    socket.once("error", end);
    socket.once("close", () => end(new Error("it closed the connection")));
  });
}
