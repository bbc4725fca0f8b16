import { Controller } from '@nestjs/common';
import { decisions } from '@zhijian/contracts/http';
import { Decisions } from '@zhijian/persistence';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from './call.js';
import { Clock } from './clock.js';
import { RoomName } from './parked.controller.js';
import { notFound } from './problem.js';

/** The decisions of a room and what they rest on: the same door in every room; the gateway asks the one that is named. */
@Controller()
export class DecisionsController {
  private readonly kept: Decisions;

  constructor(dataSource: DataSource, clock: Clock, private readonly room: RoomName) {
    this.kept = new Decisions({ query: (sql, parameters) => dataSource.query(sql, parameters) }, () => clock.now());
  }

  @Serve(decisions.asOfDay)
  async asOf(@Call() { query }: CallOf<typeof decisions.asOfDay>) {
    this.here(query.room);
    return { room: this.room.name, ...(await this.kept.asOf(query)) };
  }

  @Serve(decisions.getDecision)
  async one(@Call() { params, query }: CallOf<typeof decisions.getDecision>) {
    this.here(query.room);
    const found = await this.kept.one(params.id);
    if (!found) throw notFound('这份决定凭证');
    return found;
  }

  @Serve(decisions.listDecisions)
  list(@Call() { query }: CallOf<typeof decisions.listDecisions>) {
    this.here(query.room);
    return this.kept.list(query);
  }

  private here(room: string): void {
    if (room !== this.room.name) throw notFound('这个服务的决定凭证');
  }
}
