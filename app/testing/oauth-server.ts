import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OAuth2Server } from "oauth2-mock-server";

/** Who signs in at the provider, as it tells others of them. */
export interface PersonElsewhere {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/**
 * An OAuth and OpenID Connect server on this machine, which checks PKCE and signs its tokens. It lets everybody in at once, as `person`. It
 * also answers at GitHub Enterprise's addresses.
 */
export class ProviderServer {
  person: PersonElsewhere = { sub: "1" };
  /** Signs tokens for another request than the one that asks. */
  tamperWithNonce = false;
  #asGitHub = false;
  readonly #oauth = new OAuth2Server();
  #server: Server | undefined;
  #address = "";

  get address(): string {
    return this.#address;
  }

  async start(): Promise<this> {
    await this.#oauth.issuer.keys.generate("RS256");
    const { service, issuer } = this.#oauth;
    this.#server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? "/", this.#address);
      const { sub, email, email_verified: verified, name } = this.person;
      const json = (body: unknown) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(body));
      };
      if (pathname === "/api/v3/user") json({ id: Number(sub), login: "octocat", name });
      else if (pathname === "/api/v3/user/emails") {
        json(email ? [{ email, primary: true, verified: verified === true }] : []);
      } else {
        const plain: Readonly<Record<string, string>> = {
          "/login/oauth/authorize": "/authorize",
          "/login/oauth/access_token": "/token",
        };
        this.#asGitHub = pathname in plain;
        request.url = `${plain[pathname] ?? pathname}${search}`;
        service.requestHandler(request, response);
      }
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    this.#address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    issuer.url = this.#address;
    service.on("beforeTokenSigning", (token: { payload: Record<string, unknown> }) => {
      token.payload.sub = this.person.sub;
      if (this.tamperWithNonce && "nonce" in token.payload) token.payload.nonce = "another";
    });
    service.on("beforeResponse", (answer: { body: Record<string, unknown> }) => {
      // GitHub knows nothing of OpenID Connect.
      if (this.#asGitHub) delete answer.body.id_token;
    });
    service.on("beforeUserinfo", (answer: { body: unknown }) => {
      answer.body = this.person;
    });
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
