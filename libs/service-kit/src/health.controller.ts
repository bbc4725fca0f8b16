import { Controller, Get, Header, HttpException } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';

/** What a room measures beside the rest goes here too. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

/** Alive, ready (the database answers; Kafka may be down), measured. */
@Controller()
export class HealthController {
  /** Of this room: several rooms may stand in one process (tests). */
  private readonly own = new Registry();
  private readonly waiting = new Gauge({ name: 'zhijian_outbox_waiting', help: 'facts not yet sent', registers: [this.own] });
  private readonly age = new Gauge({ name: 'zhijian_parked', help: 'facts put aside', registers: [this.own] });

  constructor(private readonly dataSource: DataSource) {}

  @Get('healthz')
  alive() {
    return { ok: true };
  }

  @Get('readyz')
  async ready() {
    try {
      await this.dataSource.query('select 1');
      return { ok: true };
    } catch {
      throw new HttpException({ ok: false }, 503);
    }
  }

  @Get('metrics')
  @Header('content-type', registry.contentType)
  async metrics() {
    const [row] = await this.dataSource.query<{ waiting: string; parked: string }[]>(
      `select (select count(*) from outbox where published_at is null) as waiting, (select count(*) from parked where state = 'parked') as parked`);
    this.waiting.set(Number(row?.waiting ?? 0));
    this.age.set(Number(row?.parked ?? 0));
    return Registry.merge([registry, this.own]).metrics();
  }
}
