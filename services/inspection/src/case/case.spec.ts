import { expect, it } from '@jest/globals';
import { sanctionFaults } from './case.service.js';

it.each([
  ['a warning and a fine', [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 100 }], null],
  ['nothing', [{ kind: 'none', fen: null }], null],
  ['a confiscation with or without amount', [{ kind: 'confiscation', fen: 5 }], null],
  ['a fine without amount', [{ kind: 'fine', fen: null }], '/sanctions/0/fen'],
  ['a fine of nothing', [{ kind: 'fine', fen: 0 }], '/sanctions/0/fen'],
  ['a warning with an amount', [{ kind: 'warning', fen: 100 }], '/sanctions/0/fen'],
  ['nothing beside something', [{ kind: 'warning', fen: null }, { kind: 'none', fen: null }], '/sanctions/1/kind'],
  ['the same twice', [{ kind: 'warning', fen: null }, { kind: 'warning', fen: null }], '/sanctions/1/kind'],
] as const)('a decision of %s', (_, sanctions, path) => {
  expect(sanctionFaults(sanctions)?.errors?.[0]?.path ?? null).toBe(path);
});
