/** What can be wrong with the log, with one sentence for people each. */
export const findingTitles = {
  'entry-changed': '操作记录的内容与存证日志不符',
  'entry-missing': '存证日志中已有的操作记录在库中不见了',
  'entry-not-logged': '操作记录超过时限仍未进入存证日志',
  'entry-not-sealed': '操作记录没有本系统的封印，不是由本系统写入的',
  'certificate-changed': '决定证书与操作记录中的摘要不符',
  'certificate-missing': '操作记录所列的决定证书不见了',
  'certificate-foreign': '有不属于任何操作记录的决定证书',
  'fact-changed': '已发出的事实与操作记录中的摘要不符',
  'fact-missing': '操作记录所列的事实不见了',
  'fact-foreign': '有不属于任何操作记录的事实',
  'rule-changed': '规则文本与其摘要不符',
  'leaf-missing': '存证日志中间缺少记录',
  'leaf-changed': '存证日志的记录被改动',
  'node-changed': '存证日志的中间节点被改动',
  'head-changed': '存证日志的签名树头被改动或删除',
  'log-cut': '存证日志比已签名的树头短',
  'log-rewritten': '存证日志与先前持有的树头不符，已被重写',
  'foreign-key': '存证日志的树头由不认识的密钥签名',
  'countersignature-changed': '见证方的会签与树头或见证方的公钥不符',
  'log-unread': '存证日志长时间未能核对',
} as const;
export type FindingKind = keyof typeof findingTitles;

export interface Finding {
  kind: FindingKind;
  /** The room's schema; null for the log itself. */
  room: string | null;
  /** An id, an index or a size. */
  subject: string;
}
