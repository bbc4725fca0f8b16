import { describe, expect, it } from '@jest/globals';
import { ask, type Told } from '../asked.fixture.js';

type City = Told['json']['cities'][number];
const hangzhou = 'hangzhou/exam-campaign-2023';
const dutiesOf = (city: City | undefined) => city?.stages.flatMap(({ duties }) => duties) ?? [];

describe('campaign plan', () => {
  it('[HZ-2023-08] gives each unit its stages and duties, and the roll-up to the city', async () => {
    const { code, json } = await ask(`campaign plan ${hangzhou} --json`);
    const { cities } = json;
    expect(code).toBe(0);
    expect(cities).toHaveLength(14);
    expect(dutiesOf(cities[0]).find(({ id }) => id === 'self-check-form')).toMatchObject({ dueOn: '2023-04-20', receiver: 'city-enforcement' });
    expect(dutiesOf(cities.find(({ city }) => city === '330100')).map(({ id, dueOn }) => [id, dueOn])).toEqual([['roll-up', '2023-11-15']]);
  });

  it('has the fields the contract names', async () => {
    const { json } = await ask(`campaign plan ${hangzhou} --city 330106 --json`);
    const stage = json.cities[0]!.stages[0]!;
    expect(Object.keys(stage)).toEqual(['id', 'kind', 'opensOn', 'closesOn', 'duties']);
    expect(Object.keys(stage.duties[0]!)).toEqual(['id', 'actor', 'receiver', 'copyTo', 'form', 'dueOn', 'firm', 'missed', 'clauses']);
  });

  it('puts everything under the city when the city itself is asked for', async () => {
    const { json } = await ask(`campaign plan ${hangzhou} --city 330100 --json`);
    expect(json.cities).toHaveLength(1);
    expect(dutiesOf(json.cities[0]).map(({ id }) => id)).toEqual(expect.arrayContaining(['base-list', 'summary', 'roll-up']));
  });

  it('[CQ-2024-17] gives what hangs on an event without a day, with the event and how long after', async () => {
    const { json } = await ask('campaign plan chongqing/colour-2024 --city 500101 --json');
    expect(dutiesOf(json.cities[0]).find(({ id }) => id === 'rectification-report')).toMatchObject({ dueOn: null, firm: false, after: { event: 'results-published', workingDays: 30 } });
  });

  it('gives a milestone of the text without days, and what comes every year with its day', async () => {
    const { json } = await ask('campaign plan heshui/quality-action-2024 --json');
    expect(json.cities[0]!.stages.find(({ id }) => id === 'baseline')).toMatchObject({ opensOn: null, closesOn: null, duties: [{ id: 'baseline-register', dueOn: null }] });
    const colours = await ask('campaign plan chongqing/colour-2024 --json');
    expect(colours.json.cities.flatMap(dutiesOf).filter(({ yearly }) => yearly === '12-31').every(({ dueOn }) => dueOn === null)).toBe(true);
  });

  it('plans every pack of the house, and three hundred cities at once', async () => {
    for (const pack of [hangzhou, 'jiangsu/norm-2014', 'heshui/quality-action-2024', 'chongqing/colour-2024', 'guizhou/reform-2021']) {
      const cities = Array.from({ length: 300 }, (_, at) => ['--city', String(990_001 + at)]).flat();
      const { code, json } = await ask(['campaign', 'plan', pack, ...cities, '--json']);
      expect({ pack, code, cities: json.cities.filter(({ city }) => city.startsWith('990')).length }).toEqual({ pack, code: 0, cities: 300 });
    }
  }, 60_000);

  it('refuses a city that is no code', async () => {
    expect((await ask(`campaign plan ${hangzhou} --city 西湖`)).code).toBe(2);
  });
});
