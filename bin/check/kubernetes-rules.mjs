/** Rules for what has to agree within the Kubernetes manifests, and with what our documents promise. */

const WORKERS = "quicksand-workers";
/** The image's name before kustomize puts in where it was pushed to. */
const OURS = "quicksand";
const SOCKET = /docker\.sock|\/run\/docker/;

/**
 * @param {Record<string, any>[]} manifests
 * @param {{ paths: Set<string>, variables: Set<string>, programs: Set<string>, secrets: Set<string> }} promises
 */
export function manifestProblems(manifests, promises) {
  const pods = manifests.flatMap(podsOf);
  const namespaces = new Map(
    manifests.filter(({ kind }) => kind === "Namespace").map((it) => [nameOf(it), it]),
  );
  return [
    ...manifests.flatMap((manifest) => [
      ...namespaceProblems(manifest, namespaces),
      ...selectorProblems(manifest, pods),
      ...referenceProblems(manifest, manifests, pods),
    ]),
    ...pods.flatMap((pod) => [
      ...podProblems(pod),
      ...containersOf(pod).flatMap((it) => containerProblems(pod, it, promises)),
    ]),
  ];
}

const nameOf = ({ metadata }) => metadata?.name;
const placeOf = ({ kind, metadata }) => `${kind} ${metadata?.name}`;

function podsOf(manifest) {
  const template = manifest.spec?.template;
  if (!template?.spec) return [];
  const { namespace } = manifest.metadata;
  return [
    {
      owner: manifest,
      place: placeOf(manifest),
      namespace,
      labels: template.metadata?.labels ?? {},
      spec: template.spec,
    },
  ];
}

const containersOf = ({ spec }) => [...(spec.initContainers ?? []), ...spec.containers];

function namespaceProblems(manifest, namespaces) {
  const place = placeOf(manifest);
  const level = manifest.metadata?.labels?.["pod-security.kubernetes.io/enforce"];
  if (manifest.kind === "Namespace") {
    const wanted = nameOf(manifest) === WORKERS ? "privileged" : "restricted";
    return level === wanted ? [] : [`${place} enforces ${level} instead of ${wanted}`];
  }
  return namespaces.has(manifest.metadata?.namespace) ? [] : [`${place} is in no namespace of ours`];
}

const matches = (labels, wanted) => Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** Selectors that select nothing, or a set whose pods it does not select itself. */
function selectorProblems(manifest, pods) {
  const place = placeOf(manifest);
  const { kind, spec, metadata } = manifest;
  const near = pods.filter(({ namespace }) => namespace === metadata?.namespace);
  if (["Deployment", "StatefulSet", "DaemonSet"].includes(kind)) {
    const own = podsOf(manifest)[0];
    return own && matches(own.labels, spec.selector?.matchLabels ?? { "": "" })
      ? []
      : [`${place} does not select its own pods`];
  }
  const wanted =
    kind === "Service"
      ? spec.selector
      : kind === "NetworkPolicy"
        ? spec.podSelector?.matchLabels
        : spec?.selector?.matchLabels;
  if (!wanted) return [];
  return near.some(({ labels }) => matches(labels, wanted)) ? [] : [`${place} selects no pod`];
}

/** Names of other things: ports, services, sets, and who may connect by a network policy. */
function referenceProblems(manifest, manifests, pods) {
  const place = placeOf(manifest);
  const { kind, spec, metadata } = manifest;
  const near = (wantedKind, name) =>
    manifests.find(
      (it) => it.kind === wantedKind && nameOf(it) === name && it.metadata.namespace === metadata.namespace,
    );
  if (kind === "Service") {
    const selected = pods.filter(
      (pod) => pod.namespace === metadata.namespace && matches(pod.labels, spec.selector ?? {}),
    );
    return (spec.ports ?? [])
      .filter(({ targetPort }) => !selected.some((pod) => hasPort(pod, targetPort)))
      .map(({ targetPort }) => `${place} leads to port ${targetPort}, which no pod has`);
  }
  if (kind === "HorizontalPodAutoscaler") {
    const { kind: target, name } = spec.scaleTargetRef;
    return near(target, name) ? [] : [`${place} scales ${target} ${name}, which is not there`];
  }
  if (kind === "StatefulSet") {
    return near("Service", spec.serviceName) ? [] : [`${place} has no Service ${spec.serviceName}`];
  }
  if (kind === "Ingress") {
    return spec.rules
      .flatMap(({ http }) => http.paths)
      .map(({ backend }) => backend.service)
      .filter(
        ({ name, port }) =>
          !near("Service", name)?.spec.ports.some((it) => it.name === port.name || it.port === port.number),
      )
      .map(({ name }) => `${place} leads to Service ${name}, which is not there or has no such port`);
  }
  if (kind === "NetworkPolicy") return peerProblems(manifest, pods);
  return [];
}

function peerProblems({ kind, metadata, spec }, pods) {
  const rules = [...(spec.ingress ?? []).map(({ from }) => from), ...(spec.egress ?? []).map(({ to }) => to)];
  return rules
    .flatMap((peers) => peers ?? [])
    .flatMap(({ podSelector, namespaceSelector }) => {
      const namespace = namespaceSelector?.matchLabels?.["kubernetes.io/metadata.name"] ?? metadata.namespace;
      // What is not ours, such as DNS, we do not know.
      if (!podSelector || !pods.some((pod) => pod.namespace === namespace)) return [];
      const found = pods.some(
        (pod) => pod.namespace === namespace && matches(pod.labels, podSelector.matchLabels ?? {}),
      );
      return found
        ? []
        : [
            `${kind} ${metadata.name} names pods that are not there: ${JSON.stringify(podSelector.matchLabels)}`,
          ];
    });
}

function hasPort(pod, port) {
  return containersOf(pod).some(({ ports = [] }) =>
    ports.some(({ name, containerPort }) => name === port || containerPort === port),
  );
}

function podProblems({ owner, place, namespace, spec }) {
  const problems = [];
  if (spec.automountServiceAccountToken !== false) problems.push(`${place} is given a key of the cluster`);
  if (spec.enableServiceLinks !== false)
    problems.push(`${place} is given variables by Kubernetes, such as QUICKSAND_PORT`);
  if (spec.hostNetwork || spec.hostPID || spec.hostIPC) problems.push(`${place} is let out of its pod`);
  if (namespace !== WORKERS && SOCKET.test(JSON.stringify(spec)))
    problems.push(`${place} has a Docker socket`);
  if (namespace === WORKERS && spec.securityContext?.fsGroup !== undefined)
    problems.push(`${place} has an fsGroup, which changes whose the engine's images are`);
  const volumes = new Set(
    [...(spec.volumes ?? []), ...(owner.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata)].map(
      ({ name }) => name,
    ),
  );
  for (const { name, volumeMounts = [] } of [...(spec.initContainers ?? []), ...spec.containers]) {
    for (const mount of volumeMounts)
      if (!volumes.has(mount.name))
        problems.push(`${place}: ${name} mounts ${mount.name}, which is not there`);
  }
  return problems;
}

function containerProblems(pod, container, { paths, variables, programs, secrets }) {
  const problems = [];
  const place = `${pod.place}: ${container.name}`;
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  if (!container.resources?.limits?.memory) problems.push(`${place} may take all of the node's memory`);
  // The engine beside a worker, and nothing else.
  const engine = pod.namespace === WORKERS && container.name === "docker";
  if (!engine) {
    if (security.privileged) problems.push(`${place} is privileged`);
    if (security.runAsNonRoot !== true) problems.push(`${place} may be root`);
    if (security.allowPrivilegeEscalation !== false) problems.push(`${place} may gain privileges`);
    if (!security.capabilities?.drop?.includes("ALL")) problems.push(`${place} keeps capabilities`);
    if (!security.seccompProfile) problems.push(`${place} has no seccomp profile`);
  }
  for (const { name, valueFrom } of container.env ?? []) {
    const secret = valueFrom?.secretKeyRef?.name;
    if (secret && !secrets.has(secret))
      problems.push(`${place} needs the secret ${secret}, which README.md does not make`);
    if (/SECRET|PASSWORD|AUTH$|_URI$|_URL$/.test(name) && name !== "NEXTAUTH_URL" && !secret)
      problems.push(`${place} has ${name} in plain text`);
    if (container.image === OURS && !variables.has(name))
      problems.push(`${place}: Quicksand does not read ${name}`);
  }
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"]
    .map((kind) => container[kind])
    .filter(Boolean);
  for (const { httpGet, tcpSocket } of probes) {
    const port = (httpGet ?? tcpSocket)?.port;
    if (httpGet && !paths.has(httpGet.path))
      problems.push(`${place} is probed at ${httpGet.path}, which is no endpoint`);
    if (port && !hasPort(pod, port))
      problems.push(`${place} is probed at port ${port}, which it does not have`);
  }
  if (container.image !== OURS) return problems;
  if (security.readOnlyRootFilesystem !== true) problems.push(`${place} may write to its own file system`);
  if (!container.livenessProbe || !container.readinessProbe) problems.push(`${place} is not probed`);
  const commands = [container.args ?? [], ...probes.map(({ exec }) => exec?.command ?? [])];
  for (const program of commands
    .flat()
    .join(" ")
    .match(/[\w-]+\.m?js\b/g) ?? [])
    if (!programs.has(program)) problems.push(`${place} starts ${program}, which the image does not have`);
  return problems;
}
