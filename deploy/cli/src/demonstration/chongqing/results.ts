import type { Body, Data, Profile, Scenario } from './scenario.js';

/** A comparison as the data describes it: numbers fixed in advance, and what a laboratory reports. */
export type Scheme = Data['schemes'][keyof Data['schemes']];
interface Measured { readonly id: string; readonly centre: number; readonly step: number; readonly places: number; readonly questionable?: string; readonly unsatisfactory?: string; readonly uncertainty?: string; readonly optional?: boolean }
export interface Result { measurand: string; value: string; uncertainty?: string }

export const schemeOf = ({ data }: Scenario, scheme: string): Scheme => data.schemes[scheme as keyof Data['schemes']];

/** What a laboratory reports: near the middle, but where its profile says otherwise; which item fails goes by its number. */
export function resultsOf(body: Body, { taking }: Profile, scheme: Scheme): Result[] {
  const all = scheme.values as readonly Measured[];
  const required = all.filter(({ optional }) => !optional);
  const fails = required[body.number % required.length]!.id;
  const doubted = all.find(({ questionable }) => questionable !== undefined)!.id;
  const reported = taking === 'partial' ? required.slice(0, -1) : taking === 'required' ? required : all;
  return reported.map(({ id, centre, step, places, questionable, unsatisfactory, uncertainty }): Result => {
    const usual = (centre + step * ((body.number % 9) - 4)).toFixed(places);
    const value = taking === 'unsatisfactory' && id === fails ? unsatisfactory! : taking === 'questionable' && id === doubted ? questionable! : usual;
    return { measurand: id, value, ...(uncertainty && { uncertainty }) };
  });
}
