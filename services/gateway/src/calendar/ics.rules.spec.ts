import { describe, expect, it } from '@jest/globals';
import type { ClockDay } from './clocks.js';
import { folded, icsOf } from './ics.rules.js';

const clock: ClockDay = {
  kind: 'duty', campaignId: '0190', campaign: '示例行动', unit: '990001', unitName: '示例区', institution: null, subject: null, duty: 'report', title: '报送自查报告，含附件；一式两份', dueOn: '2024-12-31', firm: true, planned: false, open: 3, overdue: 1, done: 2,
  because: '文件写明的日期为 2024-12-31', clauses: ['XX-2024-01'], pack: 'test/land@1', calendar: 'CN-2024#1',
};
const at = '2024-09-13T09:00:00+08:00';
const unfolded = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('clocks for a calendar program', () => {
  it('are all-day events that end on the next day, over the year too', () => {
    expect(unfolded(icsOf([clock], at))).toEqual(expect.arrayContaining(['BEGIN:VCALENDAR', 'VERSION:2.0', 'DTSTART;VALUE=DATE:20241231', 'DTEND;VALUE=DATE:20250101', 'DTSTAMP:20240913T010000Z', 'STATUS:CONFIRMED', 'TRANSP:TRANSPARENT']));
  });

  it('keep the UID when the day moves; several days of one duty are several clocks', () => {
    const uids = (clocks: ClockDay[]) => unfolded(icsOf(clocks, at)).filter((line) => line.startsWith('UID:'));
    expect(uids([clock])).toEqual(uids([{ ...clock, dueOn: '2025-01-02' }]));
    expect(new Set(uids([clock, { ...clock, dueOn: '2025-01-02' }])).size).toBe(2);
    expect(new Set(uids([clock, { ...clock, unit: '990002' }])).size).toBe(2);
  });

  it('escape what has a meaning of its own, and call a provisional day tentative', () => {
    const lines = unfolded(icsOf([{ ...clock, title: '甲,乙;丙\\丁', firm: false }], at));
    expect(lines).toContain('SUMMARY:示例区 甲\\,乙\\;丙\\\\丁（暂定）');
    expect(lines).toContain('STATUS:TENTATIVE');
    expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toBe('DESCRIPTION:示例行动\\n2024-12-31 24:00 前。待办 3，逾期 1，已完成 2\\n文件写明的日期为 2024-12-31\\n依据 XX-2024-01（test/land@1）');
  });

  it('have no line over 75 octets, end each with CRLF, and cut no character', () => {
    const text = icsOf([{ ...clock, title: '检查'.repeat(60) + '𠮷' }], at);
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(folded('𠮷'.repeat(30)).replaceAll('\r\n ', '')).toBe('𠮷'.repeat(30));
  });

  it('of a notice and of an objection say how it stands and whose it is, each with a UID of its own', () => {
    const notice: ClockDay = { ...clock, kind: 'notice', campaignId: null, campaign: '公示', unit: '990000', unitName: '示例市', subject: 'n1', duty: 'notice-n1', title: '公示：2024年度分色结果', open: 1, overdue: 0, done: 0 };
    const objection: ClockDay = { ...notice, kind: 'objection', campaign: '异议', institution: '示例机构', subject: 'o1', duty: 'objection-o1', title: '答复异议' };
    const lines = unfolded(icsOf([notice, objection, { ...objection, duty: 'objection-o2', open: 0, done: 1 }, { ...objection, duty: 'objection-o3', open: 0, overdue: 1 }], at));
    expect(lines.filter((line) => /^(UID|SUMMARY):/.test(line)).slice(0, 4)).toEqual(['UID:notice.990000.notice-n1@zhijian', 'SUMMARY:示例市 公示：2024年度分色结果', 'UID:objection.990000.objection-o1@zhijian', 'SUMMARY:示例市 答复异议 示例机构']);
    expect(lines.filter((line) => line.startsWith('DESCRIPTION:')).map((line) => line.split('\\n')[1])).toEqual(['2024-12-31 24:00 止。公示中', '2024-12-31 24:00 前。待答复', '2024-12-31 24:00 前。已答复', '2024-12-31 24:00 前。逾期未答复']);
  });

  it('of an empty stretch are a calendar without events', () => {
    expect(icsOf([], at)).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
    expect(icsOf([], at)).not.toContain('VEVENT');
  });
});
