import { Controller } from '@nestjs/common';
import { operations } from '@zhijian/contracts/http';
import { KeptTexts, UnitOfWork } from '@zhijian/persistence';
import { DataSource } from 'typeorm';
import { Call, Serve, type CallOf } from './call.js';
import { RoomName } from './parked.controller.js';
import { notFound } from './problem.js';

/** Erased by the security administrator, who sees no business data and learns of the matter by commitment and number of the request only. */
@Controller()
export class KeptTextController {
  private readonly texts: KeptTexts;

  constructor(dataSource: DataSource, uow: UnitOfWork, private readonly room: RoomName) {
    this.texts = new KeptTexts(dataSource, uow, room.name);
  }

  @Serve(operations.listKeptTexts) list(@Call() { params, query }: CallOf<typeof operations.listKeptTexts>) {
    this.here(params.room);
    return this.texts.list(query);
  }

  @Serve(operations.eraseKeptTexts) erase(@Call() { params, body, by }: CallOf<typeof operations.eraseKeptTexts>) {
    this.here(params.room);
    return this.texts.erase(body, by);
  }

  private here(room: string): void {
    if (room !== this.room.name) throw notFound('这个服务');
  }
}
