import { Controller } from '@nestjs/common';
import { operations } from '@zhijian/contracts/http';
import { FactConsumer, Parking, Retry } from '@zhijian/messaging';
import { UnitOfWork } from '@zhijian/persistence';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from './call.js';
import { notFound } from './problem.js';

export class RoomName {
  constructor(readonly name: string) {}
}

/** Operators see what was put aside in this room, and try it again after the fix, saying why. */
@Controller()
export class ParkedController {
  private readonly again: Retry;

  constructor(private readonly parking: Parking, dataSource: DataSource, uow: UnitOfWork, consumer: FactConsumer, private readonly room: RoomName) {
    this.again = new Retry(dataSource, uow, (fact) => consumer.handle(fact));
  }

  @Serve(operations.listParked)
  async list(@Call() { query }: CallOf<typeof operations.listParked>) {
    const { limit, cursor } = query;
    const items = await this.parking.list(limit, cursor ?? null);
    return { items: items.map((item) => ({ ...item, room: this.room.name })), next: items.length === limit ? items.at(-1)!.id : null };
  }

  @Serve(operations.retryParked)
  async retry(@Call() { params, body, by }: CallOf<typeof operations.retryParked>) {
    const done = await this.again.order(params.id, by, body.reason);
    if (!done) throw notFound('这条暂存的事实');
    return done;
  }
}
