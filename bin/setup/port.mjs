import net from "node:net";
import { SetupProblem } from "./problem.mjs";

/** Fails at once, before anything slow, when the port is taken. Answers the port: a free one for 0. */
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

/** The address a person types, for the one the server listens on. */
export function address(host, port) {
  const everywhere = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(host);
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
