import { describe, expect, it } from '@jest/globals';
import { audit, auditLog, decisions, directory, gateway, inspection, operations, publication, qualification, qualityControl, task } from '@zhijian/contracts/http';
import { addresses } from './addresses.js';

describe('addresses of the API', () => {
  const contracts = { ...gateway, ...decisions, ...directory, ...qualification, ...qualityControl, ...inspection, ...operations, ...publication, ...audit, ...auditLog, ...task } as unknown as Record<string, { method: string; path: string } | undefined>;

  it.each(Object.entries(addresses))('%s is where the contract says', (name, address) => {
    const route = contracts[name];
    expect(`${route?.method} ${route?.path}`).toBe(address);
  });
});
