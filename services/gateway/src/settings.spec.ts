import { describe, expect, it } from '@jest/globals';
import { Cookies } from './session/cookie.js';
import { settingsFrom } from './settings.js';

const production = { NODE_ENV: 'production', GATEWAY_URL: 'https://zhijian.example/', OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_SECRET: 's' };

describe('the gateway\'s settings', () => {
  it('are the documented addresses when nothing is set', () => {
    expect(settingsFrom({})).toMatchObject({ port: 4200, address: 'http://127.0.0.1:4200', issuer: 'http://127.0.0.1:4400', upstream: { qualification: 'http://127.0.0.1:4210', 'quality-control': 'http://127.0.0.1:4220', workflows: 'http://127.0.0.1:4250' } });
    expect(settingsFrom({ QUALITY_CONTROL_URL: 'http://127.0.0.1:9' }).upstream['quality-control']).toBe('http://127.0.0.1:9');
  });

  it('let an account the directory does not know act by its token with a development issuer only', () => {
    expect([settingsFrom({}).actsByToken, settingsFrom({ OIDC_ISSUER: 'https://id.example' }).actsByToken, settingsFrom(production).actsByToken]).toEqual([true, false, false]);
  });

  it('hold in production with https, a secret, and real time only', () => {
    expect(settingsFrom(production).address).toBe('https://zhijian.example');
    for (const wrong of [{ GATEWAY_URL: 'http://zhijian.example' }, { OIDC_ISSUER: undefined }, { OIDC_CLIENT_SECRET: '' }, { DEMONSTRATION_CLOCK: '/clock.json' }]) {
      expect(() => settingsFrom({ ...production, ...wrong })).toThrow();
    }
  });
});

describe('the cookie', () => {
  it('belongs to one host under https; the prefix that says so is refused by browsers on plain http', () => {
    expect(new Cookies('https://zhijian.example').nameOf('session')).toBe('__Host-zhijian');
    expect(new Cookies('http://127.0.0.1:4200').nameOf('session')).toBe('zhijian');
  });
});
