/**
 * The table of rooms (who may import whom), as lint constraints. Each half of a row (rooms, packages) has a fixture beside this file that must fail.
 * Tags are in each package.json under nx.tags.
 */
const libs = ['scope:contracts', 'scope:audit', 'scope:calendar', 'scope:policy', 'scope:persistence', 'scope:messaging', 'scope:access', 'scope:documents', 'scope:service-kit'];
const engines = ['typeorm', 'pg', 'kafkajs', '@nestjs/*', '@temporalio/*', 'fastify', '@fastify/*'];

export const boundaries = [
  { sourceTag: 'scope:calendar', onlyDependOnLibsWithTags: ['scope:calendar'], bannedExternalImports: [...engines, 'zod', 'yaml', 'feelin', 'dmn-moddle', 'jose'] },
  { sourceTag: 'scope:policy', onlyDependOnLibsWithTags: ['scope:policy', 'scope:calendar'], bannedExternalImports: [...engines, 'jose'] },
  { sourceTag: 'scope:contracts', onlyDependOnLibsWithTags: ['scope:contracts'], bannedExternalImports: [...engines, 'jose'] },
  { sourceTag: 'scope:audit', onlyDependOnLibsWithTags: ['scope:audit', 'scope:contracts', 'scope:policy', 'scope:calendar'], bannedExternalImports: [...engines] },
  { sourceTag: 'scope:persistence', onlyDependOnLibsWithTags: ['scope:persistence', 'scope:contracts', 'scope:audit'], bannedExternalImports: ['kafkajs', '@temporalio/*'] },
  { sourceTag: 'scope:messaging', onlyDependOnLibsWithTags: ['scope:messaging', 'scope:contracts', 'scope:persistence', 'scope:audit'], bannedExternalImports: ['@temporalio/*'] },
  { sourceTag: 'scope:access', onlyDependOnLibsWithTags: ['scope:access', 'scope:contracts'], bannedExternalImports: ['typeorm', 'pg', 'kafkajs', '@temporalio/*'] },
  { sourceTag: 'scope:documents', onlyDependOnLibsWithTags: ['scope:documents', 'scope:policy', 'scope:calendar'], bannedExternalImports: engines },
  { sourceTag: 'scope:service-kit', onlyDependOnLibsWithTags: libs, bannedExternalImports: ['kafkajs', '@temporalio/workflow'] },
  { sourceTag: 'scope:testing', onlyDependOnLibsWithTags: [...libs, 'scope:testing'] },
  ...['qualification', 'quality-control', 'inspection', 'publication', 'gateway'].map((name) => ({
    sourceTag: `scope:${name}`, onlyDependOnLibsWithTags: [...libs, `scope:${name}`, 'scope:testing'], bannedExternalImports: ['kafkajs', '@temporalio/workflow'],
  })),
  { sourceTag: 'scope:identity', onlyDependOnLibsWithTags: ['scope:identity', 'scope:contracts'], bannedExternalImports: ['kafkajs', 'typeorm', 'pg', '@temporalio/*'] },
  { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:web', 'scope:contracts', 'scope:calendar'], bannedExternalImports: engines },
  { sourceTag: 'scope:console', onlyDependOnLibsWithTags: ['scope:console', 'scope:web', 'scope:contracts', 'scope:calendar'], bannedExternalImports: engines },
  { sourceTag: 'scope:portal', onlyDependOnLibsWithTags: ['scope:portal', 'scope:web', 'scope:contracts', 'scope:calendar', 'scope:persistence'], bannedExternalImports: ['kafkajs', '@temporalio/*'] },
  { sourceTag: 'scope:definitions', onlyDependOnLibsWithTags: ['scope:definitions', 'scope:contracts'], bannedExternalImports: ['typeorm', 'pg', 'kafkajs', '@nestjs/*', 'zod', '@temporalio/activity', '@temporalio/client', '@temporalio/worker'] },
  { sourceTag: 'scope:workflows', onlyDependOnLibsWithTags: [...libs, 'scope:definitions', 'scope:workflows', 'scope:testing'], bannedExternalImports: ['kafkajs'] },
  { sourceTag: 'scope:test', onlyDependOnLibsWithTags: [...libs, 'scope:testing', 'scope:test', 'scope:definitions', 'scope:workflows', 'scope:inspection', 'scope:qualification', 'scope:quality-control', 'scope:publication', 'scope:gateway'] },
  { sourceTag: 'scope:cli', onlyDependOnLibsWithTags: [...libs, 'scope:cli', 'scope:definitions', 'scope:workflows'], bannedExternalImports: ['kafkajs'] },
];
