import { expect, it } from '@jest/globals';
import { registrationWordsOf } from './words.js';

it('bodies of one kind are spoken of in the words of their own certificate or filing', () => {
  expect(registrationWordsOf(['health-examination'])).toMatchObject({ title: '备案', held: '已备案', lacking: '未备案', categories: '检查类别', outreach: '外出体检' });
  expect(registrationWordsOf(['radiation-health-service'])).toMatchObject({ title: '资质', held: '已取得资质', categories: '技术服务类别', outreach: null });
});

it('of several kinds only what holds for all of them is said', () => {
  expect(registrationWordsOf(['occupational-health-service', 'radiation-health-service'])).toMatchObject({ title: '资质', lacking: '未取得资质', categories: '类别', items: '项目' });
  expect(registrationWordsOf(['health-examination', 'occupational-health-service'])).toMatchObject({ title: '备案或资质', held: '已备案或已取得资质', categories: '类别' });
  expect(registrationWordsOf([]).title).toBe('备案或资质');
});
