package io.skald.orchestrator.rest;

import io.skald.machine.SagaState;
import io.skald.orchestrator.query.Sagas;
import io.skald.saga.message.SagaId;

/** From the id in an address to the saga. */
final class SagaIds {

  private SagaIds() {}

  /**
   * @throws ApiProblem when the text is no id, or there is no saga of that id
   */
  static SagaState required(Sagas sagas, String text) {
    SagaId id =
        SagaId.parse(text)
            .orElseThrow(
                () ->
                    ApiProblem.invalid(
                        "Expected the id of a saga, which is a UUID, but found '" + text + "'"));
    return sagas
        .state(id)
        .orElseThrow(
            () ->
                new ApiProblem(
                    ProblemKind.UNKNOWN_SAGA, "Expected a saga '" + id + "', but there is none"));
  }
}
