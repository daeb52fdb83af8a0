package io.skald.orchestrator.rest;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A request that can't be answered as its caller hoped. Its message is for the caller to read. */
final class ApiProblem extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final transient Optional<Duration> retryAfter;

  ApiProblem(ProblemKind kind, String detail) {
    this(kind, detail, Optional.empty());
  }

  private ApiProblem(ProblemKind kind, String detail, Optional<Duration> retryAfter) {
    // Thrown for what callers do: its stack trace would help nobody.
    super(detail, null, false, false);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAfter = retryAfter;
  }

  static ApiProblem invalid(String detail) {
    return new ApiProblem(ProblemKind.INVALID_REQUEST, detail);
  }

  static ApiProblem unavailable(String detail, Duration retryAfter) {
    return new ApiProblem(ProblemKind.UNAVAILABLE, detail, Optional.of(retryAfter));
  }

  ProblemKind kind() {
    return kind;
  }

  String detail() {
    return Objects.requireNonNull(getMessage());
  }

  /** When it is worth asking again. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
