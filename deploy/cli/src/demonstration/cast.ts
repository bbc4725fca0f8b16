import { creditCodeOf, type InstitutionKind, type Pack } from '@zhijian/policy';

/** What is said of every document that is played. */
export interface Described {
  readonly name: string;
  readonly pack: string;
  readonly jurisdiction: string;
}

/** What the driver must know of a campaign, whatever its text asks: all of it is data. */
export interface Description extends Described {
  /** Where the approver sits, when that is a level above. */
  readonly approvedFrom?: string;
  readonly label: string;
  /** Accounts: who leads and draws up, who approves, who registers what becomes of a case (another person than who recorded the visit), who works in a unit, who in a place outside. */
  readonly people: { readonly lead: string; readonly approver: string; readonly decider: string; readonly officer: string; readonly outside: string; readonly body: string };
  readonly kind: string;
  readonly bodyName: string;
  readonly road: string;
  readonly contactPost: string;
  readonly filingNumber: string;
  readonly categories: readonly (readonly string[])[];
  readonly items: readonly string[];
}

/** An invented body. `number` is its place in the data, from 1; everything else is derived from it. */
export interface Body<B extends string = string> {
  readonly number: number;
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly unitName: string;
  readonly behaviour: B;
  readonly creditCode: string;
  readonly address: string;
  readonly categories: readonly string[];
  readonly outreach: boolean;
  /** Where bodies of several kinds take part; else the campaign's. */
  readonly kind?: InstitutionKind;
  /** Where it filed on another day than the others. */
  readonly filedOn?: string;
}
export interface Unit<B extends string = string> { readonly code: string; readonly name: string; readonly bodies: readonly Body<B>[] }

/** A campaign as it will be played: its data, its units and their bodies. */
export interface Cast<D extends Description = Description, B extends string = string> {
  readonly data: D;
  readonly units: readonly Unit<B>[];
  readonly outside: readonly Body<B>[];
  readonly bodies: readonly Body<B>[];
  /** In the campaign when the rosters are frozen. */
  takesPart(body: Body): boolean;
}

const two = (number: number): string => String(number).padStart(2, '0');

interface Given { units: readonly { code: string; bodies: readonly string[] }[]; outside?: readonly { unit: string; unitName: string }[] }

/** Units as the pack names them, bodies as the data lists them. Throws when a unit is not one of the pack's. */
export function castOf<D extends Description & Given, B extends string>(pack: Pack, data: D, takesPart: (body: Body<B>) => boolean): Cast<D, B> {
  const names = new Map((pack.campaign?.units ?? []).map(({ code, name }) => [code, name]));
  let number = 0;
  const body = (unit: string, unitName: string, behaviour: string): Body<B> => {
    number += 1;
    return {
      number, account: `${data.people.body}-${two(number)}`, name: `${data.bodyName} ${two(number)}`, unit, unitName, behaviour: behaviour as B,
      creditCode: creditCodeOf(`52${unit}EXA${String(number).padStart(6, '0')}`), address: `${unitName}${data.road} ${number} 号`,
      categories: data.categories[number % data.categories.length]!, outreach: number % 3 === 0,
    };
  };
  const units = data.units.map(({ code, bodies }): Unit<B> => {
    const name = names.get(code);
    if (!name) throw new Error(`${pack.id} has no unit ${code}`);
    return { code, name, bodies: bodies.map((behaviour) => body(code, name, behaviour)) };
  });
  const outside = (data.outside ?? []).map(({ unit, unitName }) => body(unit, unitName, 'outside'));
  return { data, units, outside, bodies: [...units.flatMap(({ bodies }) => bodies), ...outside], takesPart };
}

export type Kind = InstitutionKind;
