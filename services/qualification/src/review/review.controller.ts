import { Controller } from '@nestjs/common';
import { qualification } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { ReviewQueries } from './review.queries.js';
import { ReviewService } from './review.service.js';

@Controller()
export class ReviewController {
  constructor(private readonly reviews: ReviewService, private readonly queries: ReviewQueries) {}

  @Serve(qualification.listReviews)
  list(@Call() { query }: CallOf<typeof qualification.listReviews>) {
    return this.queries.list(query);
  }

  @Serve(qualification.getReview)
  one(@Call() { params }: CallOf<typeof qualification.getReview>) {
    return this.queries.one(params.reviewId);
  }

  @Serve(qualification.concludeReview)
  conclude(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof qualification.concludeReview>) {
    return this.reviews.conclude(params.reviewId, ifMatch, body, principal.places.map(({ code }) => code), by);
  }
}
