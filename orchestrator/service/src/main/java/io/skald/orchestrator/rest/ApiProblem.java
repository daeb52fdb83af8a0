package io.skald.orchestrator.rest;

import io.skald.saga.message.SagaId;
import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request that can't be answered as its caller hoped. Its message is for the caller to read. */
final class ApiProblem extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final transient Optional<Duration> retryAfter;
  private final transient Optional<SagaId> saga;

  /** The packages of a Java class, in what somebody else has written. */
  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}(?=[A-Z])");

  ApiProblem(ProblemKind kind, String detail) {
    this(kind, detail, Optional.empty(), Optional.empty());
  }

  private ApiProblem(
      ProblemKind kind, String detail, Optional<Duration> retryAfter, Optional<SagaId> saga) {
    // Thrown for what callers do: its stack trace would help nobody.
    super(detail, null, false, false);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAfter = retryAfter;
    this.saga = saga;
  }

  static ApiProblem invalid(String detail) {
    return new ApiProblem(ProblemKind.INVALID_REQUEST, detail);
  }

  /** With the words of others, which may have Java in them. */
  static ApiProblem quoting(ProblemKind kind, String words) {
    return new ApiProblem(kind, PACKAGES.matcher(words).replaceAll(""));
  }

  static ApiProblem unavailable(String detail, Duration retryAfter) {
    return new ApiProblem(
        ProblemKind.UNAVAILABLE, detail, Optional.of(retryAfter), Optional.empty());
  }

  /** A start that another saga is in the way of. */
  static ApiProblem excluded(SagaId by, String detail) {
    return new ApiProblem(ProblemKind.EXCLUDED, detail, Optional.empty(), Optional.of(by));
  }

  ProblemKind kind() {
    return kind;
  }

  String detail() {
    return Objects.requireNonNull(getMessage());
  }

  /** The saga that is in the way. */
  Optional<SagaId> saga() {
    return saga;
  }

  /** When it is worth asking again. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
