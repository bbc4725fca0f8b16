/** A column that holds a decision, and the rows of it that no certificate speaks of. One table for all rooms. */
export interface DecidedColumn { readonly what: string; readonly without: string }

const lacking = (from: string, subject: string, where: string, certificate: string): string =>
  `select ${subject} as subject from ${from} where (${where}) and not exists (select 1 from certificate c where ${certificate})`;
const dutyOf = `o.campaign_id || '/' || o.unit || '/' || o.duty`;

export const decidedColumns: Readonly<Record<string, readonly DecidedColumn[]>> = {
  inspection: [
    { what: 'campaign.state', without: lacking('campaign r', 'r.id::text', `r.state <> 'draft'`, `c.kind = 'approval' and c.subject = r.id::text`) },
    { what: 'campaign.pack_version', without: lacking('campaign r', 'r.id::text', `r.state <> 'draft'`, `c.kind in ('approval', 'pack-move') and c.subject = r.id::text and (c.body::jsonb #>> '{pack,version}')::int = r.pack_version`) },
    { what: 'campaign_unit.state', without: lacking('campaign_unit r', `r.campaign_id || '/' || r.unit`, `r.state = 'suspended'`, `c.kind = 'suspension' and c.about @> array[r.campaign_id || '/' || r.unit]`) },
    { what: 'campaign_unit.plan_filed_at', without: lacking('campaign_unit r', `r.campaign_id || '/' || r.unit`, `r.plan_filed_at is not null`, `c.kind = 'own-dates' and c.subject = r.campaign_id || '/' || r.unit`) },
    { what: 'obligation.due_on', without: lacking('obligation o', dutyOf, `o.due_on is not null and o.state in ('open', 'overdue')`,
      `c.kind = 'due-date' and c.subject = ${dutyOf} and c.id = (select l.id from certificate l where l.kind = 'due-date' and l.subject = ${dutyOf} order by l.at desc, l.id desc limit 1) and c.body::jsonb #>> '{outcome,dueOn}' = o.due_on::text`) },
    { what: 'obligation.due_on (none)', without: lacking('obligation o', dutyOf, `o.due_on is null`, `c.kind = 'due-date' and c.subject = ${dutyOf}`) },
    { what: 'obligation.state', without: lacking('obligation o', `o.id || ' ' || o.duty`, `o.state in ('done', 'late', 'overdue')`,
      `c.kind = 'lateness' and (c.about @> array[o.id::text] or (o.kind = 'self-check-report' and c.subject = ${dutyOf} and c.about @> array[o.institution_id::text]))`) },
    { what: 'self_check.late', without: lacking('self_check r', 'r.id::text', 'true', `c.kind = 'lateness' and c.about @> array[r.id::text]`) },
    { what: 'self_check.state accepted', without: lacking('self_check r', 'r.id::text', `r.state = 'accepted'`, `c.kind = 'acceptance' and c.subject = r.id::text`) },
    { what: 'self_check.items acceptedBy', without: lacking('self_check r', 'r.id::text', `jsonb_path_exists(r.items, '$[*] ? (@.acceptedBy != null)')`, `c.kind = 'remedy-date' and c.subject = r.id::text`) },
    { what: 'self_check.returns', without: lacking('self_check r', 'r.id::text', `jsonb_array_length(r.returns) > 0`, `c.kind = 'return' and c.subject = r.id::text`) },
    { what: 'flag key-supervision', without: lacking('flag r', 'r.id::text', `r.kind = 'key-supervision'`, `c.kind = 'supervision' and (c.subject = r.institution_id::text or c.about @> array[r.institution_id::text])`) },
    { what: 'flag leniency or strict', without: lacking('flag r', 'r.id::text', `r.kind <> 'key-supervision'`, `c.kind = 'circumstance' and c.about @> array[r.institution_id::text]`) },
    { what: 'flag.lifted_at', without: lacking('flag r', 'r.id::text', `r.lifted_at is not null`, `c.kind = 'supervision' and c.about @> array[r.institution_id::text] and c.body::jsonb #> '{outcome,consequence}' = 'null'`) },
    { what: 'sample_draw.result', without: lacking('sample_draw r', 'r.id::text', 'true', `c.kind = 'draw' and c.subject = r.campaign_id || '/' || r.sample and c.body::jsonb #>> '{outcome,poolSha256}' = r.pool_sha256`) },
    { what: 'sample_member', without: lacking('sample_member r', `r.sample || ' ' || r.institution_id`, 'true', `c.kind in ('draw', 'inclusion') and c.subject = r.campaign_id || '/' || r.sample and c.about @> array[r.institution_id::text]`) },
    { what: 'sample_member.removed_at', without: lacking('sample_member r', `r.sample || ' ' || r.institution_id`, 'r.removed_at is not null', `c.kind = 'exclusion' and c.about @> array[r.institution_id::text]`) },
    { what: 'draw.result', without: lacking('draw r', 'r.id::text', 'true', `c.kind = 'draw' and c.about @> array[r.id::text]`) },
    { what: 'visit.verifications', without: lacking(`visit v cross join jsonb_array_elements(v.verifications) i`, `v.id || ' ' || (i ->> 'itemId')`, `v.state = 'recorded'`, `c.kind = 'verification' and c.subject = v.id::text and c.about @> array[i ->> 'itemId']`) },
    { what: 'visit.state (a case or none)', without: lacking('visit r', 'r.id::text', `r.state = 'recorded'`, `c.kind = 'case-filing' and c.subject = r.id::text`) },
    { what: 'finding', without: lacking('finding r', 'r.id::text', 'true', `c.kind = 'finding' and c.about @> array[r.id::text]`) },
    { what: 'case_file', without: lacking('case_file r', 'r.id::text', 'true', `c.kind = 'case-filing' and c.about @> array[r.id::text]`) },
    { what: 'case_file.circumstance', without: lacking('case_file r', 'r.id::text', 'r.circumstance is not null', `c.kind = 'circumstance' and c.about @> array[r.id::text]`) },
    { what: 'case_file.sanctions', without: lacking('case_file r', 'r.id::text', `r.state = 'decided'`, `c.kind = 'sanction' and c.subject = r.id::text`) },
    { what: 'form_version', without: lacking('form_version r', 'r.id::text', 'true', `c.kind = 'form' and c.subject = r.id::text`) },
    { what: 'duty_record.late', without: lacking('duty_record r', 'r.id::text', 'true', `c.kind = 'lateness' and c.about @> array[r.id::text]`) },
    { what: 'duty_record.outcome', without: lacking('duty_record r', 'r.id::text', 'r.outcome is not null', `c.kind = 'verdict' and c.subject = r.id::text`) },
    { what: 'amendment', without: lacking('amendment r', 'r.id::text', 'true', `c.kind in ('extension', 'date-replacement', 'suspension', 'resumption', 'own-dates', 'calendar', 'pack-move') and c.subject like r.campaign_id || '%'`) },
  ],
  qualification: [
    { what: 'filing', without: lacking('filing r', 'r.institution_id', 'true', `c.kind = 'filing' and (c.subject = r.institution_id or c.about @> array[r.institution_id])`) },
    { what: 'filing.closed_on', without: lacking('filing r', 'r.institution_id', 'r.closed_on is not null', `c.kind = 'closure' and c.subject = r.institution_id`) },
    { what: 'operation.operating', without: lacking('operation r', 'r.institution_id', 'true', `c.kind = 'operation' and c.subject = r.institution_id`) },
    { what: 'roster_member.state', without: lacking('roster_member r', 'r.institution_id', 'true', `c.kind = case r.state when 'idle' then 'exclusion' else 'inclusion' end and c.subject = r.roster_id and c.about @> array[r.institution_id]`) },
  ],
  'quality-control': [{ what: 'assessment_circular', without: lacking('assessment_circular r', 'r.id', 'true', `c.kind = 'circular' and c.subject = r.id`) }],
  publication: [{ what: 'record_revision', without: lacking('record_revision r', `r.institution_id || ' ' || r.revision`, 'true', `c.kind = 'publication' and c.subject = r.institution_id and (c.body::jsonb #>> '{inputs,context,revision}')::int = r.revision`) }],
  gateway: [{ what: 'calendar_notice.state', without: lacking('calendar_notice r', 'r.id::text', `r.state = 'confirmed'`, `c.kind = 'calendar' and c.subject = r.id::text`) }],
};
