import { Controller } from '@nestjs/common';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { FormService } from './form.service.js';

@Controller()
export class FormController {
  constructor(private readonly forms: FormService) {}

  @Serve(http.getForm) show(@Call() { params, query }: CallOf<typeof http.getForm>) {
    return this.forms.show(params, query.version);
  }

  @Serve(http.downloadForm) download(@Call() { params, query }: CallOf<typeof http.downloadForm>) {
    return this.forms.download(params, query.version);
  }

  @Serve(http.sendForm) send(@Call() { params, body, principal, by }: CallOf<typeof http.sendForm>) {
    return this.forms.send(params, body, principal, by);
  }
}
