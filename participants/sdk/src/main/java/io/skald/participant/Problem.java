package io.skald.participant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The payload of a reply that is not a success. */
@RegisterForReflection
record Problem(String code, String message) {

  /** Answers stand in headers and rows: what an exception says must not blow them up. */
  private static final int LONGEST_MESSAGE = 1000;

  Problem {
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE);
    }
  }

  static Problem of(BusinessRefusal refusal) {
    return new Problem(refusal.code(), messageOf(refusal));
  }

  /** The code comes from a {@link TransientFailure} anywhere in the chain of causes. */
  static Problem ofFailure(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TransientFailure known) {
        return new Problem(known.code(), messageOf(known));
      }
    }
    return new Problem(TransientFailure.DEFAULT_CODE, messageOf(failure));
  }

  private static String messageOf(Throwable t) {
    String message = t.getMessage();
    return message == null || message.isBlank() ? t.getClass().getSimpleName() : message;
  }
}
