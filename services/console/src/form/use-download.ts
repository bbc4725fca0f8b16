import { request, useSubmissionOf } from '@zhijian/web';

/** Fetches a file and hands it to the browser, so that a failure is said on the page. */
export function useDownload(address: string, name: string) {
  return useSubmissionOf(async () => {
    const file = await (await request(address, { method: 'GET' })).blob();
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}
