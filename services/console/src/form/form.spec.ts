import { describe, expect, it } from '@jest/globals';
import { headerOf, leavesOf } from './form.js';

describe('the heading of an official form', () => {
  const columns = [{ title: '序号' }, { title: '行政处罚情况', columns: [{ title: '警告' }, { title: '罚款（万元）' }] }];
  it('[HZ-2023-17] a common title spans its columns, a plain one both rows', () => {
    expect(headerOf(columns)).toEqual([
      [{ title: '序号', rowSpan: 2, colSpan: 1 }, { title: '行政处罚情况', rowSpan: 1, colSpan: 2 }],
      [{ title: '警告', rowSpan: 1, colSpan: 1 }, { title: '罚款（万元）', rowSpan: 1, colSpan: 1 }],
    ]);
    expect(leavesOf(columns)).toHaveLength(3);
  });
  it('[HZ-2023-16] without common titles there is one row', () => expect(headerOf([{ title: '序号' }, { title: '地址' }])).toHaveLength(1));
});
