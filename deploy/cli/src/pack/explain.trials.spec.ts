import { expect, it } from '@jest/globals';
import { builtInPacks, Packs } from '@zhijian/policy';
import { ask } from '../asked.fixture.js';

it('explains every table of every pack, and says of each without inputs why it cannot tell', async () => {
  const shelf = new Packs([builtInPacks]);
  for (const { id } of shelf.list()) {
    const { decisions, clauses } = await shelf.get(id);
    for (const decision of Object.keys(decisions)) {
      const { code, json } = await ask(['pack', 'explain', id, decision, '--input', '{}', '--json']);
      expect({ id, decision, code, determined: json.determined, value: json.value }).toEqual({ id, decision, code: 0, determined: false, value: null });
      expect(json.reason).not.toBe('');
      expect(json.missing.length).toBeGreaterThan(0);
      expect(json.clauses.every((it) => clauses[it.id]?.quote === it.quote)).toBe(true);
      expect(Object.keys(json).sort()).toEqual(['calendar', 'clauses', 'determined', 'inputs', 'missing', 'pack', 'reason', 'rule', 'value']);
    }
  }
}, 60_000);
