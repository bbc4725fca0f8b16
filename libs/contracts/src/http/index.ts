import type { RouteDefinition } from './route.js';
import * as audit from './audit.js';
import * as auditLog from './audit-log.js';
import * as directory from './directory.js';
import * as decisions from './decisions.js';
import * as gateway from './gateway.js';
import * as inspection from './inspection.js';
import * as operations from './operations.js';
import * as publication from './publication.js';
import * as qualification from './qualification.js';
import * as qualityControl from './quality-control.js';
import * as task from './task.js';

export * from './route.js';
export type { ComparisonChange } from './quality-control.comparison.js';
export type { EvaluationEntry, EvaluationState } from './quality-control.evaluation.js';
export { audit, auditLog, decisions, directory, gateway, inspection, operations, publication, qualification, qualityControl, task };

const isRoute = (value: unknown): value is RouteDefinition => typeof value === 'object' && value !== null && 'method' in value && 'room' in value;

/** Every address of `/api/v1` and `/public/v1`. */
export const allRoutes: RouteDefinition[] = [gateway, decisions, directory, qualification, qualityControl, inspection, publication, operations, auditLog, audit, task]
  .flatMap((module) => Object.values(module) as unknown[]).filter(isRoute);
