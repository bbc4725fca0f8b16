import { newId } from '@zhijian/contracts';
import { institutionRegistered, type RosterMember } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { creditCodeOf, type InstitutionKind } from '@zhijian/policy';
import { aFact, aPrincipal, type TestRoom } from '@zhijian/testing';
import { Play } from '../campaign/campaign.fixture.js';

export const pack = 'heshui/quality-action-2024';
export const unit = '621024';
export const officer = aPrincipal('county', unit);
export const approver = { ...aPrincipal('city', '621000'), places: [{ code: '621000' }, { code: unit }] };
let codes = 0;

/** The county's action of two years, with bodies of these kinds in its roster, all invented. */
export class Action extends Play {
  institutions: string[] = [];

  constructor(room: TestRoom, readonly kinds: readonly InstitutionKind[]) {
    super(room, 1);
    this.codes[0] = unit;
  }

  override async drafted(): Promise<this> {
    const answer = await this.room.call(inspection.draftCampaign, { as: officer, body: { name: '示例提质合规行动', pack, units: [{ code: unit, name: '合水县' }] } });
    this.campaignId = answer.body.campaignId;
    return this;
  }

  override async approved(): Promise<this> {
    await this.drafted();
    await this.room.call(inspection.approveCampaign, { as: approver, params: { campaignId: this.campaignId } });
    await this.do('planUnit');
    const members: RosterMember[] = [];
    for (const kind of this.kinds) {
      const institutionId = await this.registered(kind);
      members.push({ institutionId, state: 'in', clauses: ['HS-2024-07'] });
    }
    this.institutions = members.map(({ institutionId }) => institutionId);
    await this.stated(unit, members, '2024-01-02T00:00:00+08:00', { pack, version: 1, clauses: ['HS-2024-07'] });
    return this;
  }

  /** A body that files while the action runs. */
  async joins(kind: InstitutionKind): Promise<string> {
    const institutionId = await this.registered(kind);
    await this.amendRoster(institutionId, 'in', '新备案', unit);
    return institutionId;
  }

  get whole(): string { return wholeCampaign; }

  private async registered(kind: InstitutionKind): Promise<string> {
    codes += 1;
    const institutionId = newId();
    await this.room.hear(aFact(institutionRegistered, institutionId, {
      institutionId, creditCode: creditCodeOf(`52621024${String(codes).padStart(9, '0')}`), name: `示例机构 ${codes}`, kind, jurisdiction: unit, address: `示例路${codes}号`, contactPost: '办公室', invented: true,
      filing: { number: null, filedOn: '2022-05-06', filedIn: unit, categories: [], items: [], outreach: false, closedOn: null }, revision: 1,
    }, { jurisdiction: unit }));
    return institutionId;
  }
}
