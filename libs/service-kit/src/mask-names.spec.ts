import { describe, expect, it } from '@jest/globals';
import { allRoutes } from '@zhijian/contracts/http';
import { z } from 'zod';
import { maskNames } from './mask-names.js';

const names = { at: ['/items/*/inspectors/*', '/items/*/unregistered/name', '/items/*/subjectName?institutionId'], shownTo: ['county'] as const };
const answer = { items: [{ inspectors: ['张三丰', '李四'], unregistered: { name: '王五', address: '某路' }, institutionId: null, subjectName: '王五' }, { inspectors: [], unregistered: null, institutionId: 'i', subjectName: '示例医院' }], next: null };

describe('names of people in answers', () => {
  it('are shown by their first character, to whoever needs them as they are', () => {
    expect(maskNames(answer, { names }, 'publisher')).toEqual({ items: [{ inspectors: ['张*', '李*'], unregistered: { name: '王*', address: '某路' }, institutionId: null, subjectName: '王*' }, { inspectors: [], unregistered: null, institutionId: 'i', subjectName: '示例医院' }], next: null });
    expect(maskNames(answer, { names }, 'county')).toBe(answer);
    expect(maskNames(answer, {}, 'publisher')).toBe(answer);
    expect(answer.items[0]!.inspectors).toEqual(['张三丰', '李四']);
  });

  it('a route that answers with a field of people’s names says to whom it shows them', () => {
    const telling = /^(inspectors|experts|evaluators|personName|displayName|respondent|witness|objector|applicantName)$/;
    const fieldsOf = (schema: unknown, path: string): string[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      const { properties = {}, items, anyOf = [], oneOf = [] } = schema as { properties?: Record<string, unknown>; items?: unknown; anyOf?: unknown[]; oneOf?: unknown[] };
      return [...Object.entries(properties).flatMap(([name, one]) => [...(telling.test(name) ? [`${path}/${name}`] : []), ...fieldsOf(one, `${path}/${name}`)]), ...fieldsOf(items, `${path}/*`), ...[...anyOf, ...oneOf].flatMap((one) => fieldsOf(one, path))];
    };
    const open = allRoutes.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/v1/')).flatMap((route) => fieldsOf(z.toJSONSchema(route.answer, { io: 'output', unrepresentable: 'any' }), '')
      .filter((field) => !route.names?.at.some((pointer) => pointer === field || pointer.startsWith(`${field}/`))).map((field) => `${route.path} ${field}`));
    expect([...new Set(open)]).toEqual([]);
  });
});
