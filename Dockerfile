# The app with only what it needs at run time. docker-compose.yml starts it together with its database; docs/operation.md says how.
# Node comes from Debian: the native packages need glibc, and the language images have the same base.
FROM debian:trixie-slim AS node
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates nodejs tini \
 && rm -rf /var/lib/apt/lists/*

FROM node AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
# Debian's npm is too old for `allowScripts`. No package of ours needs its scripts.
RUN npm ci --include=dev --ignore-scripts
COPY . .
RUN node bin/setup/language-servers.mjs && QUICKSAND_STANDALONE=1 node_modules/.bin/next build
# .next/standalone gets everything: the server, the files for browsers, the folders of the languages (image recipes and
# examples), and the programs that build the images and that write and read backups.
RUN cp -r public .next/standalone/ \
 && cp -r .next/static .next/standalone/.next/ \
 && cp -r --parents lib/languages .next/standalone/ \
 && node_modules/.bin/esbuild bin/make-images.ts --bundle --platform=node --format=esm --external:dockerode \
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
      --log-level=warning --outfile=.next/standalone/make-images.mjs \
 && node_modules/.bin/esbuild bin/worker-process.ts --bundle --platform=node --format=esm \
      --external:dockerode --external:libsql --external:mongoose --external:pino \
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
      --log-level=warning --outfile=.next/standalone/worker.mjs \
 && node_modules/.bin/esbuild bin/backup-action.ts --bundle --platform=node --format=esm --external:libsql \
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" \
      --log-level=error --outfile=.next/standalone/backup.mjs

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
# Healthy when Docker and the database answer. A missing language image does not count: the first run builds it. Nor does a full
# database: a container that is restarted or hidden for it could not be used to delete.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "\
  fetch(`http://127.0.0.1:${process.env.PORT}/api/health`, { signal: AbortSignal.timeout(4000) })\
    .then((answer) => answer.json())\
    .then(({ status, docker, store, images }) => {\
      console.log(status, docker.message ?? '', store.message ?? '', images.message ?? '');\
      process.exit(docker.ok && (store.ok || store.full) ? 0 : 1);\
    })\
    .catch((error) => { console.log(String(error)); process.exit(1); })"]
ENTRYPOINT ["tini", "--"]
# Missing core images are built while the server already takes runs. With REDIS_URL the server needs no Docker and makes none; a worker is the
# same image with the command: sh -c "(node make-images.mjs core &); exec node worker.mjs"
CMD ["sh", "-c", "(node make-images.mjs core &); exec node server.js"]
