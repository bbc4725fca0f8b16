import type { FastifyReply } from 'fastify';

/** A plain page for what happens before there is a console. The words are ours, never a caller's. */
export function sendPage(reply: FastifyReply, status: number, title: string, text: string, link: { href: string; text: string } = { href: '/auth/login', text: '重新登录' }): FastifyReply {
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · 职监</title>
<style>body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f0f3f7;color:#1f2a37;font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}main{width:min(92vw,28rem);padding:2rem;background:#fff;border:1px solid #d5dce5;border-radius:8px}h1{margin:0 0 .5rem;font-size:1.5rem}a{color:#0b5394}</style></head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="${link.href}">${link.text}</a></p></main></body></html>`;
  return reply.status(status).header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
}
