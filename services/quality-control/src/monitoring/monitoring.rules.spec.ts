import { expect, it } from '@jest/globals';
import { acceptCircular } from './monitoring.rules.js';

const today = '2023-01-10';

it('a circular names each institution once', () => {
  expect(acceptCircular({ year: 2022, institutions: [{ institutionId: 'a' }, { institutionId: 'b' }] }, today)).toEqual({ ok: true });
  expect(acceptCircular({ year: 2022, institutions: [{ institutionId: 'a' }, { institutionId: 'b' }, { institutionId: 'a' }] }, today))
    .toMatchObject({ code: 'institution-twice', errors: [{ path: '/institutions/2/institutionId', message: '与第 1 家相同' }] });
});

it('a year that has not begun has no assessment', () => {
  expect(acceptCircular({ year: 2023, institutions: [] }, today)).toEqual({ ok: true });
  expect(acceptCircular({ year: 2024, institutions: [] }, today)).toMatchObject({ code: 'assessment-in-future' });
});
