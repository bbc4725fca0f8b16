import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
/** Where the built bundle lies; its hash is archived with every history it ran. */
export const bundlePath = `${dist}workflow-bundle.js`;

/** Goes into the bundle beside the workflows. */
const heartbeats = fileURLToPath(new URL('../src/heartbeats.ts', import.meta.url));

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const definitions = fileURLToPath(new URL('../../definitions/src/index.ts', import.meta.url));

/** The workflows as one bundle, from source where that is what runs (tests), else from `dist`. */
export async function bundle(source = definitions): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: source, workflowInterceptorModules: [heartbeats], logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map', resolve: { ...config.resolve, conditionNames: ['@zhijian/source', '...'] } }),
  });
  return portable(code);
}

/** A bundle is kept for years and given to auditors: the same wherever it is built, no path of this machine in it. */
function portable(code: string): string {
  const [program = '', map = ''] = code.split('//# sourceMappingURL=data:application/json;charset=utf-8;base64,');
  const { sources, ...rest } = JSON.parse(Buffer.from(map, 'base64').toString('utf8')) as { sources: string[] };
  const told = { ...rest, file: 'workflow-bundle.js', sources: sources.map((source) => source.replaceAll(repository, '')) };
  return `${program}//# sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from(JSON.stringify(told), 'utf8').toString('base64')}`;
}

let running: Promise<string> | undefined;
/** The bundle that this process runs: the built one, or else one made now. */
export const bundleCode = (): Promise<string> => (running ??= existsSync(bundlePath) ? Promise.resolve(readFileSync(bundlePath, 'utf8')) : bundle());

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync(dist)) mkdirSync(dist, { recursive: true });
  writeFileSync(bundlePath, await bundle());
}
