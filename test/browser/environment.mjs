// The process as it is. Where a test fails, what stood on the open pages is kept: of a run elsewhere there is nothing else to look at.
import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import NativeEnvironment from '../native/environment.mjs';

const words = 1500;

export default class PagesKept extends NativeEnvironment {
  async handleTestEvent(event) {
    if (event.name !== 'test_fn_failure') return;
    const kept = join(dirname(process.env.ZHIJIAN_SYSTEM), 'pages.log');
    for (const page of (globalThis.openPages ?? []).filter((one) => !one.isClosed())) {
      const text = await page.locator('main').or(page.locator('body')).last().innerText({ timeout: 2000 }).catch(String); // the menu says nothing new
      appendFileSync(kept, `${event.test.name}\n${page.url()}\n${text.replaceAll(/\n\s*/g, '\n').slice(0, words).replaceAll(/^/gm, '  | ')}\n\n`);
    }
  }
}
