import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { kustomizationProblems, readManifests, readPromises, typeProblems } from "./kubernetes.mjs";
import { manifestProblems } from "./kubernetes-rules.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const all = readManifests(root);
const forCluster = all.filter(({ file }) => file !== "kustomization.yaml");
const promises = readPromises(root);

/** The problems when one manifest is changed. */
function problemsOf(kind, name, change) {
  const copies = structuredClone(forCluster.map(({ manifest }) => manifest));
  const found = copies.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  assert.ok(found, `${kind} ${name}`);
  change(found, found.spec?.template?.spec);
  return manifestProblems(copies, promises);
}

test("our manifests hold together, and kustomization.yaml names each", () => {
  assert.deepEqual(
    problemsOf("Namespace", "quicksand", () => {}),
    [],
  );
  assert.deepEqual(kustomizationProblems(all), []);
  assert.deepEqual(kustomizationProblems([...all, { file: "new.yaml", manifest: {} }]), [
    "kustomization.yaml leaves out new.yaml",
  ]);
  const without = all.filter(({ file }) => file !== "web.yaml");
  assert.deepEqual(kustomizationProblems(without), ["kustomization.yaml names web.yaml, which is not there"]);
});

test("a field that Kubernetes does not know, or of another type, is named", async () => {
  assert.deepEqual(await typeProblems(root, forCluster), []);
  const copies = structuredClone(forCluster);
  const web = copies.find(({ manifest }) => manifest.kind === "Deployment").manifest.spec;
  web.template.spec.containers[0].readOnlyRootFileSystem = true;
  web.replicas = "2";
  const problems = (await typeProblems(root, copies)).join("\n");
  assert.match(problems, /readOnlyRootFileSystem"' does not exist in type 'IContainer'/);
  assert.match(problems, /'string' is not assignable to type 'number'/);
});

test("what is commented out for some is held to the same", () => {
  const names = forCluster
    .filter(({ manifest }) => manifest.kind === "NetworkPolicy")
    .map(({ manifest: { metadata } }) => `${metadata.namespace} ${metadata.name}`);
  for (const name of [
    "quicksand managed",
    "quicksand-workers managed",
    "quicksand workers-outside",
    "quicksand web",
  ])
    assert.ok(names.includes(name), name);
  assert.deepEqual(
    problemsOf("NetworkPolicy", "managed", ({ spec }) => {
      spec.podSelector.matchLabels = { app: "web" };
    }),
    ["NetworkPolicy managed selects no pod"],
  );
});

test("selectors, ports and names that lead nowhere are named", () => {
  const selects = ["Service web selects no pod", "Service web leads to port http, which no pod has"];
  const problems = problemsOf("Service", "web", ({ spec }) => {
    spec.selector = { app: "web" };
  });
  assert.deepEqual(problems, selects);
  assert.deepEqual(
    problemsOf("Deployment", "web", ({ spec }) => {
      spec.selector.matchLabels = { app: "web" };
    }),
    ["Deployment web does not select its own pods"],
  );
  assert.deepEqual(
    problemsOf("HorizontalPodAutoscaler", "web", ({ spec }) => {
      spec.scaleTargetRef.name = "app";
    }),
    ["HorizontalPodAutoscaler web scales Deployment app, which is not there"],
  );
  assert.deepEqual(
    problemsOf("Ingress", "web", ({ spec }) => {
      spec.rules[0].http.paths[0].backend.service.port.name = "https";
    }),
    ["Ingress web leads to Service web, which is not there or has no such port"],
  );
  assert.match(
    problemsOf("NetworkPolicy", "redis", ({ spec }) => {
      spec.ingress[0].from[0].podSelector.matchLabels = { app: "web" };
    }).join(),
    /NetworkPolicy redis names pods that are not there/,
  );
});

test("what the program does not have is not asked for: probes, variables, files, secrets", () => {
  const changed = (change) => problemsOf("Deployment", "web", (_, { containers: [web] }) => change(web));
  const said = (what) => [`Deployment web: web ${what}`];
  assert.deepEqual(
    changed((web) => {
      web.readinessProbe.httpGet.path = "/api/ready";
    }),
    said("is probed at /api/ready, which is no endpoint"),
  );
  assert.deepEqual(
    changed((web) => web.env.push({ name: "QUICKSAND_NEW", value: "1" })),
    ["Deployment web: web: Quicksand does not read QUICKSAND_NEW"],
  );
  assert.deepEqual(
    changed((web) => {
      web.args = ["node", "web.mjs"];
    }),
    said("starts web.mjs, which the image does not have"),
  );
  assert.deepEqual(
    changed((web) => {
      web.env[0] = { name: "MONGODB_URI", value: "mongodb://quicksand:secret@mongo" };
    }),
    said("has MONGODB_URI in plain text"),
  );
  assert.deepEqual(
    changed((web) => {
      web.env[0].valueFrom.secretKeyRef.name = "other";
    }),
    said("needs the secret other, which README.md does not make"),
  );
});

test("only a worker has Docker, and only its engine is privileged", () => {
  const socket = problemsOf("Deployment", "web", (_, spec) => {
    spec.volumes.push({ name: "docker", hostPath: { path: "/var/run/docker.sock" } });
  });
  assert.deepEqual(socket, ["Deployment web has a Docker socket"]);
  for (const [kind, name] of [
    ["Deployment", "web"],
    ["StatefulSet", "worker"],
    ["StatefulSet", "redis"],
  ]) {
    const problems = problemsOf(kind, name, (_, { containers: [container] }) => {
      container.securityContext = { privileged: true, readOnlyRootFilesystem: true, runAsNonRoot: false };
    });
    const words = ["is privileged", "may be root", "may gain privileges", "keeps capabilities"];
    assert.deepEqual(
      problems,
      words.map((word) => `${kind} ${name}: ${name} ${word}`),
    );
  }
  const group = problemsOf("StatefulSet", "worker", (_, spec) => {
    spec.securityContext.fsGroup = 10_001;
  });
  assert.deepEqual(group, ["StatefulSet worker has an fsGroup, which changes whose the engine's images are"]);
  const level = problemsOf("Namespace", "quicksand", ({ metadata }) => {
    metadata.labels = { "pod-security.kubernetes.io/enforce": "privileged" };
  });
  assert.deepEqual(level, ["Namespace quicksand enforces privileged instead of restricted"]);
});
