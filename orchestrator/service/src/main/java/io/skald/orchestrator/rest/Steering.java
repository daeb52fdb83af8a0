package io.skald.orchestrator.rest;

import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.query.Sagas;
import io.skald.saga.message.SagaId;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.RestResponse;

/** What the verbs have in common: the saga that they are about, and how they answer. */
@Singleton
class Steering {

  private final Sagas sagas;
  private final SagaViews views;

  Steering(Sagas sagas, SagaViews views) {
    this.sagas = sagas;
    this.views = views;
  }

  /**
   * @throws ApiProblem when the text is no id, or there is no saga of that id
   */
  SagaState saga(String id) {
    return SagaIds.required(sagas, id);
  }

  /**
   * @throws ApiProblem when the saga did not take it
   */
  RestResponse<SagaView> answer(String verb, String id, Verdict verdict) {
    SagaState saga = saga(id);
    return switch (verdict) {
      case Verdict.Applied applied -> view(RestResponse.Status.ACCEPTED, saga);
      case Verdict.Ignored(IgnoreReason reason) when reason == IgnoreReason.ALREADY_COMPENSATING ->
          view(RestResponse.Status.OK, saga);
      case Verdict.Ignored(IgnoreReason reason) -> throw Refusals.notPossible(verb, saga, reason);
      case Verdict.Excluded(SagaId by, String because) -> throw ApiProblem.excluded(by, because);
      case Verdict.Refused(String because) ->
          throw ApiProblem.quoting(ProblemKind.NOT_POSSIBLE_NOW, because);
    };
  }

  RestResponse<SagaView> view(RestResponse.Status status, SagaState saga) {
    return RestResponse.ResponseBuilder.<SagaView>create(status).entity(views.of(saga)).build();
  }
}
