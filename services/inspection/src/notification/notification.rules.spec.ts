import { beforeAll, describe, expect, it } from '@jest/globals';
import { notificationModes } from '@zhijian/contracts/facts';
import { notificationModes as ofPacks, Packs, type Pack } from '@zhijian/policy';
import { modeRefused, modesOf } from './notification.rules.js';

let packs: Packs;
let jiangsu: Pack;
beforeAll(async () => { packs = new Packs(); jiangsu = await packs.get('jiangsu/norm-2014'); });

describe('how bodies may be told', () => {
  it('the words of facts and of packs are the same', () => expect(notificationModes).toEqual(ofPacks));
  it('a pack that says nothing leaves every way open', () => {
    expect(modesOf(jiangsu)).toEqual(notificationModes);
    for (const means of notificationModes) expect(modeRefused(jiangsu, { means, attended: [] })).toBeNull();
  });
});
