import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Accounts } from './accounts.js';
import { keysIn } from './keys.js';
import { contentSecurityPolicy } from './pages.js';
import { identityProvider } from './provider.js';
import type { Settings } from './settings.js';
import { signIn } from './sign-in.js';
import { Store } from './store.js';

const registry = new Registry();
collectDefaultMetrics({ register: registry });

/** The provider behind its door: health, the sign-in page, and everything OpenID. */
export async function identityServer(settings: Settings): Promise<Server> {
  const keys = await keysIn(settings.data);
  const accounts = new Accounts(settings.accountsFile);
  const provider = identityProvider(settings, { keys, accounts, store: new Store(settings.data) });
  provider.on('server_error', (_ctx, error) => console.error(error));
  const openid = provider.callback();
  const page = signIn(provider, accounts, settings.gateway);
  const policy = contentSecurityPolicy(settings.gateway);

  return createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    if (path === '/healthz' || path === '/readyz') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    if (path === '/metrics') return void registry.metrics().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text));
    if (path.startsWith('/interaction/')) return void page(request, response);
    void openid(request, response);
  });
}
