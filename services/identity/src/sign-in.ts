import type { IncomingMessage, ServerResponse } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { demonstrationPassword, type Accounts } from './accounts.js';
import { failurePage, signInPage } from './pages.js';

const mostBytes = 4096;

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const piece of request) {
    text += String(piece);
    if (text.length > mostBytes) throw new Error('the form is too long');
  }
  return new URLSearchParams(text);
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
}

/** The sign-in page and its form, `/interaction/<uid>`: account and password, nothing to consent to. */
export function signIn(provider: Provider, accounts: Accounts, gateway: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const action = request.url!.split('?')[0]!;
    try {
      await provider.interactionDetails(request, response);
      if (request.method === 'GET') return answer(response, 200, signInPage(action, accounts.all()));
      if (request.method !== 'POST') return answer(response, 405, failurePage(gateway, '不支持的请求方法'));
      const form = await formOf(request);
      const account = accounts.find(form.get('account')?.trim() ?? '');
      if (!account || !same(form.get('password') ?? '', demonstrationPassword)) return answer(response, 401, signInPage(action, accounts.all(), form.get('account')?.trim() ?? ''));
      await provider.interactionFinished(request, response, { login: { accountId: account.name } }, { mergeWithLastSubmission: false });
    } catch (error) {
      answer(response, 400, failurePage(gateway, (error as Error).name === 'SessionNotFound' ? '这次登录已过期' : '登录请求无法处理'));
    }
  };
}
