import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('a page of the portal', () => {
  it('whatever a name holds is shown, never run', () => {
    expect(html`<p title="${'"x'}">${'<script>alert(1)</script>'}</p>`.text).toBe('<p title="&quot;x">&lt;script&gt;alert(1)&lt;/script&gt;</p>');
  });
  it('parts of pages are put together unchanged', () => expect(html`<ul>${['a', '<b>'].map((it) => html`<li>${it}</li>`)}</ul>`.text).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>'));
  it('what is absent leaves nothing behind', () => expect(html`<p>${null}${undefined}${false}${0}</p>`.text).toBe('<p>0</p>'));
});
