import { agrees } from '../rules/index.js';
import { finder, type Check } from './contents.js';

/** What a rule decided is computed again, from the certificate and the rule's text alone. */
export const decisions: Check = ({ certificates, rooms }) => {
  const found = finder('decisions');
  return certificates.flatMap(({ room, at, certificate }) => {
    const text = certificate.rule && rooms.get(room)?.ruleTexts.find((one) => one.sha256 === certificate.rule!.sha256);
    return agrees(certificate, text?.body ?? null) === 'different' ? [found(at, `决定凭证 ${certificate.id}（${certificate.kind}）按其规则和输入重算，结果不同`)] : [];
  });
};
