import { describe, expect, it } from '@jest/globals';
import { ask } from './asked.fixture.js';
import { commands } from './commands.js';

describe('the command line', () => {
  it('names all commands when it does not know one, and says that the question was wrong', async () => {
    const { code, out, err } = await ask('pack fly');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('没有这条命令：pack fly');
    expect(err).toContain('pack check');
  });

  it('answers even a wrong question with one JSON document', async () => {
    const { code, json } = await ask('calendar due --from 2023-02-30 --days 1 --json');
    expect(code).toBe(2);
    expect(json.error.message).toContain('2023-02-30');
  });

  it('takes options before the command, with their values', async () => {
    const { code, json } = await ask('--city 330106 campaign plan hangzhou/exam-campaign-2023 --json');
    expect([code, json.cities[0]?.city]).toEqual([0, '330106']);
    expect((await ask('--json calendar due --from 2024-09-13 --working-days 5')).json.on).toBe('2024-09-23');
    expect((await ask('--city 330106 campaign --help')).out).toContain('campaign plan');
  });

  it('gives one meaning to one option, so that it can be read before the command is known', () => {
    const kinds = Map.groupBy(commands.flatMap(({ options }) => Object.entries(options)), ([name]) => name);
    expect([...kinds].filter(([, uses]) => new Set(uses.map(([, { type }]) => type)).size > 1).map(([name]) => name)).toEqual([]);
  });

  it('refuses unknown options and too many arguments', async () => {
    expect((await ask('pack trace --fast')).code).toBe(2);
    expect((await ask('draw verify a b')).code).toBe(2);
    expect((await ask('')).code).toBe(2);
  });

  for (const { noun, verb } of commands) {
    it(`has help for ${noun} ${verb ?? ''}`, async () => {
      const { code, out } = await ask(`${noun} ${verb ?? ''} --help`);
      expect(code).toBe(0);
      expect(out).toContain('用法');
    });
  }
});
