import { Controller } from '@nestjs/common';
import { operations } from '@zhijian/contracts/http';
import { FactConsumer, Parking } from '@zhijian/messaging';
import { Call, Serve, type CallOf } from './call.js';
import { notFound } from './problem.js';

export class RoomName {
  constructor(readonly name: string) {}
}

/** Operators see what was put aside in this room, and try it again after the fix. */
@Controller()
export class ParkedController {
  constructor(private readonly parking: Parking, private readonly consumer: FactConsumer, private readonly room: RoomName) {}

  @Serve(operations.listParked)
  async list(@Call() { query }: CallOf<typeof operations.listParked>) {
    const { limit, cursor } = query;
    const items = await this.parking.list(limit, cursor ?? null);
    return { items: items.map((item) => ({ ...item, room: this.room.name })), next: items.length === limit ? items.at(-1)!.id : null };
  }

  @Serve(operations.retryParked)
  async retry(@Call() { params }: CallOf<typeof operations.retryParked>) {
    const { id } = params;
    const done = await this.parking.retry(id, (fact) => this.consumer.handle(fact));
    if (!done) throw notFound('这条暂存的事实');
    return done;
  }
}
