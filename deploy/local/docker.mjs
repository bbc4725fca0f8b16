// Engines as containers, where a Docker engine runs and nothing nearer was found.
import { answer } from './command.mjs';

let runs;

/** Whether a Docker engine answers. */
export const dockerRuns = () => (runs ??= answer('docker', ['info', '--format', '{{.ServerVersion}}']) !== undefined);

/** A supervised process that is `docker run` in the foreground; a container left by a killed run is removed first. */
export function container({ name, image, port, volumes = [], env = {}, args = [], options = [], ...rest }) {
  const container = `zhijian-${name}-${port}`;
  return {
    name,
    port,
    command: 'docker',
    args: [
      'run', '--rm', '--init', '--name', container, '--network', 'host',
      ...volumes.flatMap(([inside, path]) => ['--volume', `${inside}:${path}`]),
      ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...options, image, ...args,
    ],
    beforeStart: () => void answer('docker', ['rm', '--force', container]),
    ...rest,
  };
}
