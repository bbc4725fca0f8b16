type Undecided = Readonly<Record<string, readonly string[]>>;

/**
 * Tables that hold no decision of their own, by room and reason. Whoever adds a table writes its decided columns into
 * `decided-columns.ts`, or its name here, or a test fails.
 */
const everyRoom: Undecided = {
  'evidence and letters: what was decided stands in them, nobody decides by writing them': ['migration', 'outbox', 'handled', 'parked', 'audit_entry_v1', 'command_entry', 'certificate', 'rule_text', 'kept_text'],
  'the directory as the gateway tells it': ['jurisdiction_ref', 'jurisdiction_edge_ref', 'jurisdiction_closure_ref', 'agency_ref', 'person_ref', 'account_ref', 'appointment_ref', 'directory_epoch'],
  'who works on a task: a division of labour': ['task_holder'],
};

const rooms: Readonly<Record<string, Undecided>> = {
  inspection: {
    'own copies of what other rooms decided and certified there': ['institution_ref', 'roster', 'roster_part', 'roster_member', 'colour_ref', 'colour_entry', 'last_year_problem'],
    'a preview: nothing moves': ['calendar_preview'],
    'when a workflow wakes: made of the dates of duties, which are certified': ['moment'],
    'a journal of states that are certified where they stand (obligation)': ['obligation_entry'],
    'somebody was told of a day that stands': ['notification', 'reminder'],
    'a number counted on': ['case_serial'],
    'figures entered by an officer; what they come to is certified with the form that carries them': ['measure_entry'],
  },
  qualification: {
    'own copies of what other rooms decided and certified there': ['campaign', 'campaign_later', 'colour_ref'],
    'name, address and places; the filing of a registration is certified as such (filing)': ['institution'],
    'a file read in; its bodies are registered one by one': ['register_import'],
    'the head of a list whose members are certified (roster_member)': ['roster'],
  },
  quality_control: {
    'own copies of what other rooms decided and certified there': ['institution_ref', 'inspection_kept', 'colour_notice', 'colour_objection', 'colour_publication'],
    'a proposal that nobody has signed': ['colour_proposed'],
    'the bodies and problems of a circular, certified with it (assessment_circular)': ['assessment'],
    'an act of its own with its reason, seen by one room; it decides nothing about a body': ['comparison_disclosure'],
    'opens sheets; what is scored on them is certified (evaluation)': ['evaluation_plan'],
    'a file read in; its scores are entered into sheets one by one': ['score_import', 'score_row'],
  },
  publication: {
    'own copies of what other rooms decided and certified there': ['institution_ref', 'notice_part'],
    'a preview: nothing moves': ['calendar_preview'],
    'what a notice lists; posting, publication and withdrawal are certified (notice, colour_publication)': ['notice_entry'],
    'words of an objection and its answer; the answer is certified (objection)': ['objection_word'],
    'the present one of certified revisions (record_revision)': ['record'],
    'what stood on the page, as it stood': ['snapshot'],
    'a number counted on': ['public_version'],
  },
  gateway: {
    'the directory as entered by an administrator: an act of administration, no rule decides it': ['jurisdiction', 'jurisdiction_parent', 'agency', 'agency_delegation', 'person', 'person_account', 'appointment'],
    'who is signed in': ['session', 'sign_in'],
    'a note of one officer about a day that was decided elsewhere': ['calendar_look'],
  },
  workflows: {
    'the log, its heads and who signed them': ['log_leaf', 'log_node', 'log_key', 'log_cursor', 'tree_head', 'countersignature'],
    'which facts moved which workflows': ['bridged'],
    'histories kept after they closed': ['archived_file', 'archived_run'],
  },
};

/** The tables of a schema that hold no decision. */
export const undecidedTables = (schema: string): readonly string[] => [...Object.values(everyRoom), ...Object.values(rooms[schema] ?? {})].flat();
