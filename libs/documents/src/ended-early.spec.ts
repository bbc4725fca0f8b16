import { expect, it } from '@jest/globals';
import { endedEarly } from './ended-early.js';

it('blames the file for time and memory only', () => {
  expect(endedEarly(null, 'SIGKILL')).toContain('读取超时');
  expect(endedEarly(null, 'SIGABRT')).toContain('内存不足');
  expect(endedEarly(null, 'SIGTERM')).toBe('表格读取程序意外中止（SIGTERM），请稍后再试');
  expect(endedEarly(1, null)).toBe('表格读取程序意外中止（退出码 1），请稍后再试');
});
