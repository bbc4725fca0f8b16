import { Controller } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { qualification } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { RegisterImportService } from './register-import.service.js';

const placesOf = ({ places }: Principal): string[] => places.map(({ code }) => code);

@Controller()
export class RegisterImportController {
  constructor(private readonly imports: RegisterImportService) {}

  @Serve(qualification.importRegister)
  upload(@Call() { file, query, principal, by }: CallOf<typeof qualification.importRegister>) {
    return this.imports.preview(file!, query.fileName, placesOf(principal), principal.id, by);
  }

  @Serve(qualification.getRegisterImport)
  one(@Call() { params, principal, by }: CallOf<typeof qualification.getRegisterImport>) {
    return this.imports.one(params.importId, placesOf(principal), by.actor);
  }

  @Serve(qualification.confirmRegisterImport)
  async confirm(@Call() { params, principal, by }: CallOf<typeof qualification.confirmRegisterImport>) {
    const { importId } = await this.imports.one(params.importId, placesOf(principal), by.actor);
    return this.imports.confirm(importId, by);
  }
}
