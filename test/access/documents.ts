import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInPacks, packName, Packs, planCampaign } from '@zhijian/policy';
import { targets, type Target } from './model.js';

/** What each place's campaign goes by: together they have every kind of thing that an address can name. */
const campaignsGoBy: Readonly<Record<Target, string>> = {
  970101: 'hangzhou/exam-campaign-2023', 970102: 'jiangsu/norm-2014', 'xinqu-97': 'heshui/quality-action-2024', 970201: 'jiangsu/norm-2014', 960101: 'hangzhou/exam-campaign-2023', 970100: 'hangzhou/exam-campaign-2023',
};
/** Colours of an invented city that people of this world act in. */
export const coloursGoBy = 'invented/colour-2024';
export const comparisonsGoBy = 'testland/comparison-2024';
export const evaluationsGoBy = 'testland/indicators-2024';
/** A later version of a campaign’s pack, so that a campaign can move. */
export const movesTo = 'hangzhou/exam-campaign-2023@2';

const ofQualityControl = (topic: string): string => fileURLToPath(new URL(`../../services/quality-control/src/${topic}/packs.fixture`, import.meta.url));

/** The packs of the house and of its tests, with what this world has besides. @returns the shelf, and what takes its folder away */
export function shelf(): { packs: Packs; gone(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'every-room-packs-'));
  const copied = (from: string, to: string, changes: readonly [string, string][]): void => {
    cpSync(join(builtInPacks, from), join(folder, to), { recursive: true });
    const file = join(folder, to, 'pack.yaml');
    writeFileSync(file, changes.reduce((text, [was, is]) => {
      if (!text.includes(was)) throw new Error(`${from} has no “${was}”`);
      return text.replace(was, is);
    }, readFileSync(file, 'utf8')));
  };
  copied('hangzhou/exam-campaign-2023/1', 'hangzhou/exam-campaign-2023/2', [['version: 1', 'version: 2']]);
  copied('chongqing/colour-2024/1', 'invented/colour-2024/1', [['id: chongqing/colour-2024', `id: ${coloursGoBy}`], [`jurisdiction: '500000'`, `jurisdiction: '970100'`]]);
  return { packs: new Packs([folder, ofQualityControl('comparison'), ofQualityControl('correction'), builtInPacks]), gone: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A place’s part of its campaign as its pack plans it, in JSON as the rows hold it. */
export interface Planned { pack: string; stages: string; milestones: string; agencies: string }

export async function plannedEverywhere(packs: Packs): Promise<ReadonlyMap<Target, Planned>> {
  return new Map(await Promise.all(targets.map(async (place): Promise<[Target, Planned]> => {
    const pack = await packs.get(`${campaignsGoBy[place]}@1`);
    const [city] = planCampaign(pack, builtInCalendar, { units: [{ code: place, name: place }] }).cities;
    if (!city) throw new Error(`${packName(pack)} plans nothing for ${place}`);
    return [place, { pack: pack.id, stages: JSON.stringify(city.stages), milestones: JSON.stringify(city.milestones), agencies: JSON.stringify(pack.campaign!.agencies) }];
  })));
}
