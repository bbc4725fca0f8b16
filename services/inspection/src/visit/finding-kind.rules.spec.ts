import { beforeAll, describe, expect, it } from '@jest/globals';
import { findingKinds } from '@zhijian/contracts';
import { Packs, type Pack } from '@zhijian/policy';
import { kindsOf, titleOf } from './finding-kind.rules.js';

let printed: Pack;
let without: Pack;
beforeAll(async () => { [printed, without] = await Promise.all(['hangzhou/exam-campaign-2023', 'jiangsu/norm-2014'].map((name) => new Packs().get(name))) as [Pack, Pack]; });

describe('kinds of finding', () => {
  it('[HZ-2023-17] are called what the form of the pack prints, in its order', () => {
    expect(kindsOf(printed).map(({ title }) => title)).toEqual(['未按规定备案', '主检医师不符合要求', '未按规定报告、告知疑似职业病、职业禁忌', '出具虚假证明文件', '未按要求建立档案', '未按规范开展工作', '未履行信息报告义务', '未按规定参加质量考核或未按要求整改', '其他不合格情况']);
  });
  it('[HZ-2023-15] those the document has looked for first say so', () => {
    expect(kindsOf(printed).filter(({ priority }) => priority).map(({ kind }) => kind).sort()).toEqual(['false-certificate', 'not-to-standard', 'suspected-disease-report']);
    expect(kindsOf(without).filter(({ priority }) => priority)).toEqual([]);
  });
  it('have plain words where no form of the pack prints any, none of them those of another place', () => {
    const plain = kindsOf(without).map(({ title }) => title);
    expect([plain.length, plain.filter((title) => !/^[\u4e00-\u9fff、]+$/.test(title))]).toEqual([findingKinds.length, []]);
    expect(plain.filter((title) => kindsOf(printed).some((one) => one.title === title))).toEqual([]);
    expect(titleOf('archives', kindsOf(printed).filter(({ kind }) => kind !== 'archives'))).toBe(titleOf('archives', kindsOf(without)));
  });
});
