/** As much of a browser as signing in needs: one cookie jar for a host, redirects followed, provenance said as browsers say it. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every address it was sent to. */
  readonly way: string[] = [];

  async request(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await again(() => fetch(url, { ...init, headers, redirect: 'manual' }));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async open(url: string | URL, init: RequestInit = {}): Promise<{ url: URL; response: Response; html: string }> {
    const response = await this.request(url, { ...init, headers: { accept: 'text/html', ...init.headers as Record<string, string> } });
    const next = response.headers.get('location');
    if (!next) return { url: new URL(url), response, html: await response.text() };
    this.way.push(new URL(next, url).href);
    return this.open(new URL(next, url));
  }

  /** Opens the sign-in and fills in the form. @returns where it ended */
  async signIn(address: string, account: string, password = 'demo', back = '/'): Promise<{ url: URL; response: Response; html: string }> {
    const page = await this.open(`${address}/auth/login?return=${encodeURIComponent(back)}`);
    if (!page.url.pathname.startsWith('/interaction/')) return page;
    return this.open(page.url, { method: 'POST', body: new URLSearchParams({ account, password }) });
  }
}

/** A kept connection of a process that was killed meanwhile is gone: browsers try once more. */
const again = (ask: () => Promise<Response>): Promise<Response> => ask().catch(ask);
