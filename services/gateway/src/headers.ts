import type { FastifyInstance } from 'fastify';

const common = `default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'`;

/** Swagger UI draws with inline styles and data images; no script but its files. */
export const docsPolicy = `${common}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'`;

/** The console's components write style elements; scripts come from files only. Signing out leads to the issuer. */
export const consolePolicy = (issuer: string): string =>
  `${common}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; form-action 'self' ${new URL(issuer).origin}`;

/** Headers of every answer. */
export function securityHeaders(app: FastifyInstance, { issuer, address }: { issuer: string; address: string }): void {
  const policy = consolePolicy(issuer);
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('content-security-policy')) void reply.header('content-security-policy', policy);
    void reply.headers({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'camera=(), microphone=(), geolocation=()' });
    if (address.startsWith('https:')) void reply.header('strict-transport-security', 'max-age=31536000');
  });
}
