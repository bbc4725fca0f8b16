import type { Command } from './command/command.js';
import { accountList, accountToken } from './account/account.js';
import { auditExport } from './audit/export.js';
import { auditTimeline } from './audit/timeline.js';
import { auditVerify } from './audit/verify.js';
import { auditWitness } from './audit/witness.js';
import { calendarDue } from './calendar/due.js';
import { calendarLoad } from './calendar/load.js';
import { campaignPlan } from './campaign/plan.js';
import { campaignRehearse } from './campaign/rehearse.js';
import { doctor } from './doctor/doctor.js';
import { drawVerify } from './draw/verify.js';
import { packCheck } from './pack/check.js';
import { packClone } from './pack/clone.js';
import { packDiff } from './pack/diff.js';
import { packExplain } from './pack/explain.js';
import { packImportChecklist } from './pack/import-checklist.js';
import { packInstall } from './pack/install.js';
import { packTrace } from './pack/trace.js';

/** The whole table; a new command is one line. */
export const commands: readonly Command[] = [
  packCheck, packTrace, packExplain, packDiff, packInstall, packClone, packImportChecklist, calendarDue, calendarLoad, campaignPlan, campaignRehearse, drawVerify, auditExport, auditVerify, auditTimeline, auditWitness, accountList, accountToken, doctor,
];
