import net from "node:net";
import { SetupProblem } from "./problem.mjs";

/** Fails early when the port is taken. Returns the port; for 0 a free one. */
export function claimPort(port, host) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error) => reject(portProblem(error, port, host)));
    probe.listen(port, host, () => {
      const chosen = probe.address().port;
      probe.close(() => resolve(chosen));
    });
  });
}

function portProblem(error, port, host) {
  if (error.code === "EADDRINUSE") {
    return new SetupProblem(`Port ${port} on ${host} is taken; perhaps Quicksand is running already.`, {
      remedy: ["Stop what uses it, or take another port:", `  PORT=${port + 1} npm start`],
    });
  }
  if (error.code === "EACCES") {
    return new SetupProblem(`Port ${port} needs rights that this user does not have.`, {
      remedy: ["Take one above 1023:", "  PORT=3000 npm start"],
    });
  }
  return new SetupProblem(`HOST=${host} PORT=${port} cannot be listened on: ${error.message}.`, {
    cause: error,
  });
}

/** The URL to open in a browser for the address the server listens on. */
export function address(host, port) {
  const everywhere = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(host);
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
