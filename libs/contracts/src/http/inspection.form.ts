import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, text, zCited, zCode } from './route.js';

const room = 'inspection' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor'] as const;
/** `unit` is `*` for the roll-up of the whole campaign. */
const inForm = z.strictObject({ campaignId: z.string(), unit: zCode, form: zCode });
const head = z.record(z.string(), z.string());
const formContent = z.object({
  form: z.string(), title: z.string(), unit: z.string(), unitName: z.string(), head, columns: z.array(z.unknown()), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))), notes: z.array(z.string()),
  /** What is missing or still undecided, row by row. */
  remarks: z.array(z.object({ row: z.number().int(), text: z.string() })),
});
const formVersion = z.object({ formVersionId: z.string(), version: z.number().int(), sentAt: zInstant, sentBy: z.string(), receiver: z.string(), sha256: z.string(), rows: z.number().int(), supplement: z.boolean(), late: z.boolean().nullable(), note: z.string() });

export const getForm = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/units/{unit}/forms/{form}', summary: '官方表格（按当前数据填写）及已报送的版本', roles: readers, params: inForm,
  query: z.strictObject({ version: z.coerce.number().int().optional() }),
  answer: z.object({ draft: formContent, /** 随所看的这一版报送的工作总结；没有的为空 */ summary: z.string(), versions: z.array(formVersion), dueOn: zDate.nullable(), ...zCited }),
});
export const downloadForm = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/units/{unit}/forms/{form}/xlsx', summary: '下载表格（与印发的表式一致）', roles: readers, params: inForm,
  query: z.strictObject({ version: z.coerce.number().int().optional() }), answersFile: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
/** The form that goes with a body's own report or list. */
const ofInstitution = z.strictObject({ campaignId: z.string(), institutionId: z.string(), form: zCode });
export const getInstitutionForm = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/institutions/{institutionId}/forms/{form}', summary: '一家机构的表格（按其报告或清单填写）', roles: [...readers, 'institution', 'institution-head'], params: ofInstitution,
  answer: z.object({ draft: formContent, reportedAt: zInstant.nullable(), dueOn: zDate.nullable(), ...zCited }),
});
export const downloadInstitutionForm = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/institutions/{institutionId}/forms/{form}/xlsx', summary: '下载一家机构的表格（与印发的表式一致）', roles: [...readers, 'institution', 'institution-head'], params: ofInstitution,
  answersFile: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
export const sendForm = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/campaigns/{campaignId}/units/{unit}/forms/{form}/versions', summary: '报送表格（冻结一版；再次报送为补充）', roles: ['province', 'city', 'county'], params: inForm,
  body: z.strictObject({ filledBy: text(40), note: z.string().max(500).default(''), summary: z.string().max(50000).default('') }), answer: formVersion.extend({ content: formContent, ...zCited }),
});
