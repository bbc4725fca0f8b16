import { expect, it } from '@jest/globals';
import { canonicalJson } from '@zhijian/audit';
import { Packs } from '@zhijian/policy';
import fc from 'fast-check';
import { contentOf, listedText, listText } from './content.rules.js';
import { anEntry } from './notice.fixture.js';

const pack = await new Packs().get('chongqing/colour-2024@1');
const content = contentOf(pack, { year: 2024, basisYear: 2023 }, anEntry('b1', 'red'), { colour: null, lastYear: null });

it('a list put together of its parts is the canonical JSON of the whole, whatever names hold', () => fc.assert(fc.property(
  fc.array(fc.record({ creditCode: fc.string({ unit: 'grapheme' }), name: fc.string({ unit: 'grapheme' }), kind: fc.string(), invented: fc.boolean() }), { maxLength: 5 }), fc.string({ unit: 'grapheme' }),
  (bodies, title) => {
    const head = { kind: 'notice', title, zeta: '"entries":[]', alpha: 1 };
    expect(listText(head, bodies.map((body) => listedText(body, canonicalJson(content))))).toBe(canonicalJson({ ...head, entries: bodies.map((body) => ({ ...body, content })) }));
  })));

it('[CQ-2024-05] [CQ-2024-06] every line says its inputs, the rule that was met and the clauses with their words', () => {
  expect(content.lines[0]).toMatchObject({ grade: { title: 'A级' }, level: { title: 'III级（不合格）' }, colour: { title: '红色' }, rule: 'A-III' });
  expect(content.lines[0]!.clauses.map(({ id, quote }) => [id, quote.length > 20])).toEqual([['CQ-2024-05', true], ['CQ-2024-06', true]]);
});

it('a word the scale does not know stands for itself', () => {
  expect(contentOf(pack, { year: 2024, basisYear: 2023 }, { ...anEntry('b1'), colour: 'blue' }, { colour: null, lastYear: null }).colour).toEqual({ id: 'blue', title: 'blue' });
});

it('says which of several colours a body is given, as the pack combines them', () => expect(content.combine).toBe('worst'));
