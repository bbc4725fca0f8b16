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
