import { createHash } from 'node:crypto';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign]!);

const style = `*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f0f3f7;color:#1f2a37;font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{width:min(92vw,25rem);margin:2rem 0;padding:2rem;background:#fff;border:1px solid #d5dce5;border-radius:8px}h1{margin:0;font-size:1.5rem}p{margin:.25rem 0 1rem}.note{color:#4a5868;font-size:.875rem}
label{display:block;margin:1rem 0 .25rem;font-weight:600}input{width:100%;padding:.55rem .7rem;font:inherit;border:1px solid #7b8897;border-radius:4px}input[aria-invalid=true]{border-color:#b42318}
button,.button{display:block;width:100%;margin-top:1.5rem;padding:.6rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:#fff;background:#0b5394;border:0;border-radius:4px;cursor:pointer}button:hover,.button:hover{background:#083f71}
:focus-visible{outline:3px solid #f5a623;outline-offset:2px}.error{margin:1rem 0 0;padding:.6rem .8rem;color:#7a1610;background:#fdecea;border-left:4px solid #b42318}summary{cursor:pointer}details{margin-top:1.5rem}code{font-family:ui-monospace,monospace}`;
const submitNow = `document.forms[0].submit()`;
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing from outside, no script but the one that ends a sign-in; forms go to this provider and, by redirect, to the gateway. */
export const contentSecurityPolicy = (gateway: string): string =>
  `default-src 'none'; style-src ${hash(style)}; script-src ${hash(submitNow)}; form-action 'self' ${new URL(gateway).origin}; base-uri 'none'; frame-ancestors 'none'`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)} · 职监</title><style>${style}</style></head><body><main>${body}</main></body></html>`;

/** @param failed the name that was tried in vain */
export function signInPage(action: string, accounts: readonly { name: string; displayName: string }[], failed?: string): string {
  const wrong = failed === undefined ? '' : ' aria-invalid="true" aria-describedby="error"';
  const rows = accounts.map(({ name, displayName }) => `<li><code>${escaped(name)}</code>　${escaped(displayName)}</li>`).join('');
  return page('登录', `<h1>职监</h1><p class="note">职业健康技术服务机构监督管理 · 开发环境登录</p>
<form method="post" action="${escaped(action)}">
${failed === undefined ? '' : '<p class="error" id="error" role="alert">账号或口令不正确，请重新输入。</p>'}
<label for="account">账号</label><input id="account" name="account" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="40"${failed === undefined ? ' autofocus' : ''} value="${escaped(failed ?? '')}"${wrong}>
<label for="password">口令</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="100"${failed === undefined ? '' : ' autofocus'}${wrong}>
<button type="submit">登录</button></form>
<details><summary class="note">演示账号（口令均为 demo）</summary><ul class="note">${rows}</ul></details>`);
}

/** @param form as the provider made it, with its secret */
export const leavingPage = (form: string): string =>
  page('退出', `<h1>正在退出</h1><p class="note">若没有自动跳转，请点“退出登录”。</p>${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">退出登录</button><script>${submitNow}</script>`
    .replace('</form>', '<input type="hidden" name="logout" value="yes"></form>'));

export const leftPage = (gateway: string): string => page('已退出', `<h1>已退出登录</h1><a class="button" href="${escaped(gateway)}/">重新登录</a>`);

export const failurePage = (gateway: string, detail: string): string =>
  page('登录未完成', `<h1>登录未完成</h1><p>登录请求已失效或不完整，请从系统首页重新登录。</p><p class="note">${escaped(detail)}</p><a class="button" href="${escaped(gateway)}/">回到系统首页</a>`);
