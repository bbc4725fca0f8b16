import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import temporalProto from '@temporalio/proto';
import type { History } from '@zhijian/audit/bundle';

const { History: HistoryProto } = temporalProto.temporal.api.history.v1;
export type ProtoHistory = temporalProto.temporal.api.history.v1.IHistory;

/** A history as protobuf bytes. */
export const bytesOf = (history: ProtoHistory): Buffer => Buffer.from(HistoryProto.encode(history).finish());

/** A history from its bytes. @throws when they are none */
export const protoOf = (bytes: Uint8Array): ProtoHistory => HistoryProto.decode(bytes);

/** A history from its bytes, as Temporal's JSON. @throws when they are none */
export const historyOf = (bytes: Uint8Array): History => JSON.parse(historyToJSON(protoOf(bytes))) as History;
