/** The server's configuration: one process with all four roles on 127.0.0.1, state in Postgres, no metrics, no profiling. */
export function temporalConfig({ home, databaseUrl, ports }) {
  const url = new URL(databaseUrl);
  const text = JSON.stringify; // a JSON string is a YAML string
  const store = (name, connections) => `
        pluginName: postgres12
        databaseName: ${name}
        connectAddr: ${text(`${url.hostname}:${url.port || 5432}`)}
        connectProtocol: tcp
        user: ${text(decodeURIComponent(url.username))}
        password: ${text(decodeURIComponent(url.password))}
        maxConns: ${connections}
        maxIdleConns: ${connections}
        maxConnLifetime: 1h`;
  const service = (name) => `
  ${name}:
    rpc:
      grpcPort: ${ports[`temporal-${name}`]}
      membershipPort: ${ports[`temporal-${name}-membership`]}
      bindOnLocalHost: true`;
  return `log:
  stdout: true
  level: warn
persistence:
  defaultStore: default
  visibilityStore: visibility
  numHistoryShards: 512
  datastores:
    default:
      sql:${store('temporal', 20)}
    visibility:
      sql:${store('temporal_visibility', 10)}
global:
  membership:
    maxJoinDuration: 30s
    broadcastAddress: 127.0.0.1
services:${['frontend', 'matching', 'history', 'worker'].map(service).join('')}
clusterMetadata:
  enableGlobalNamespace: false
  failoverVersionIncrement: 10
  masterClusterName: active
  currentClusterName: active
  clusterInformation:
    active:
      enabled: true
      initialFailoverVersion: 1
      rpcName: frontend
      rpcAddress: 127.0.0.1:${ports['temporal-frontend']}
dcRedirectionPolicy:
  policy: noop
archival:
  history:
    state: disabled
  visibility:
    state: disabled
namespaceDefaults:
  archival:
    history:
      state: disabled
    visibility:
      state: disabled
dynamicConfigClient:
  filepath: ${text(`${home}/dynamic.yaml`)}
  pollInterval: 60s
`;
}

const queues = ['timer', 'transfer', 'outbound', 'visibility', 'archival'];

/**
 * What the server reads while it runs.
 * It would carry out 512 handed-on tasks at a time: where many units begin together on a few cores, their beginnings take the
 * machine from the one step that all of them wait for. And it would note for each of 512 shards every 30 s how far it is; what
 * it has not noted it looks at once more after a crash, which changes nothing.
 */
export const temporalDynamicConfig = (cores) => `history.transferProcessorSchedulerWorkerCount:
  - value: ${Math.max(2, cores)}
${queues.map((queue) => `history.${queue}ProcessorUpdateAckInterval:\n  - value: 2m\n`).join('')}`;
