import { Injectable } from '@nestjs/common';
import { actorOf, inPlace, type Principal } from '@zhijian/access';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { Missing } from '@zhijian/service-kit';

/** An officer acts on the register only in the places of the token; a trial elsewhere is refused and noted. */
@Injectable()
export class Places {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * The caller as acting in this place.
   * @throws Missing (403) when it is none of the officer's places
   */
  async actIn({ principal, by }: { principal: Principal; by: Caller }, code: string): Promise<Caller> {
    if (inPlace(principal, code)) return { ...by, actor: actorOf(principal, code), jurisdiction: code };
    const { once: _, ...trial } = by;
    await this.uow.run(trial, async (tx) => tx.note('refused: not an officer of this place', code));
    throw new Missing('other-place', '该机构或辖区不在您的管辖范围内', 403);
  }

  /**
   * The caller as acting for a body where it is at home, or where it serves.
   * @throws Missing (403) when none of them is the officer's place
   */
  actFor(call: { principal: Principal; by: Caller }, { jurisdiction, serves = [] }: { jurisdiction: string; serves?: readonly string[] | undefined }): Promise<Caller> {
    return this.actIn(call, [jurisdiction, ...serves].find((code) => inPlace(call.principal, code)) ?? jurisdiction);
  }
}
