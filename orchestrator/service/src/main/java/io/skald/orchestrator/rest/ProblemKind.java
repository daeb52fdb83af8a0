package io.skald.orchestrator.rest;

/** What can be wrong with a request, in the terms of RFC 9457: one type, one title, one status. */
enum ProblemKind {
  INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
  NOT_FOUND(404, "not-found", "There is nothing at this address"),
  UNKNOWN_DEFINITION(404, "unknown-definition", "There is no such definition"),
  UNKNOWN_SAGA(404, "unknown-saga", "There is no such saga"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "not-acceptable", "There is no representation of this type"),
  NOT_POSSIBLE_NOW(409, "not-possible-now", "The saga's state does not allow it"),
  EXCLUDED(409, "excluded", "Another saga of the key is under way"),
  TOO_LARGE(413, "too-large", "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body must be JSON"),
  CONFLICTING_START(422, "conflicting-start", "The key is taken by a saga with other data"),
  UNKNOWN_PART(422, "unknown-part", "The saga's definition has no such step or signal"),
  DEFECT(500, "defect", "The orchestrator failed"),
  UNAVAILABLE(503, "unavailable", "The orchestrator can't answer now");

  private final int status;
  private final String slug;
  private final String title;

  ProblemKind(int status, String slug, String title) {
    this.status = status;
    this.slug = slug;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The problem's type: a name, not an address. */
  String type() {
    return "urn:skald:problem:" + slug;
  }
}
