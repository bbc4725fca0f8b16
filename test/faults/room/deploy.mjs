// What the faults need of `deploy/local` beside its door: to supervise processes of their own, and to ask whether one is ready or gone.
const local = (file) => import(new URL(`../../../deploy/local/${file}`, import.meta.url).href);

export const { which } = await local('command.mjs');
export const { freePort, isFree } = await local('ports.mjs');
export const { postgresUrl } = await local('postgres.mjs');
export const probe = await local('probe.mjs');
export const { nodeFlags } = await local('processes.mjs');
export const { documentedPorts, serviceNode } = await local('settings.mjs');
export const { supervise } = await local('supervise.mjs');
