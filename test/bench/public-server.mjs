// One arm of P9 as a process of its own: `ours` is the portal, `bare` is node:http with one prepared statement.
import { createServer } from 'node:http';
import { urlFor } from '@zhijian/persistence';
import pg from 'pg';
import { built } from './ground.mjs';

const [, , which, url] = process.argv;
process.on('disconnect', () => process.exit());
const pool = new pg.Pool({ connectionString: urlFor('portal_reader', url), max: 8 });

async function ours() {
  const { portal } = await built('services/portal/dist/server.js');
  const app = portal(pool);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${app.server.address().port}`;
}

const text = `select credit_code as "creditCode", name, kind, jurisdiction, address, categories, items, outreach, to_char(filed_on, 'YYYY-MM-DD') as "filedOn", to_char(filing_closed_on, 'YYYY-MM-DD') as "filingClosedOn", invented, published_at as "publishedAt" from publication.public_institution where credit_code = $1`;
async function bare() {
  const server = createServer(async (request, response) => {
    const { rows } = await pool.query({ name: 'by-code', text, values: [decodeURIComponent(request.url.split('/').at(-1))] });
    const body = JSON.stringify(rows[0]);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

process.send({ url: await (which === 'ours' ? ours() : bare()) });
