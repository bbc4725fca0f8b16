import { Chip } from '@zhijian/web';
import type { Participant } from './comparison.js';

/** Where a laboratory's samples are, and what was wrong with them when they came. */
export const SampleWords = ({ it: { sentOn, receivedOn, intact, receiptRemark } }: { it: Participant }) => (
  <><span className="zj-nowrap">{sentOn ? `${sentOn} 发出` : '尚未发出'}</span>{receivedOn ? `，${receivedOn} 收到` : ''}{intact === false ? <> <Chip tone="bad">有损坏</Chip>{receiptRemark ? <span className="zj-hint">　{receiptRemark}</span> : null}</> : null}</>
);
