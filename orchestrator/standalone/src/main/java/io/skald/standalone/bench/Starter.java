package io.skald.standalone.bench;

/** Starts sagas. Called from many threads. */
interface Starter extends AutoCloseable {

  /**
   * Starts one and returns when whoever takes it has said that it is safe.
   *
   * @return the order's id, which its lifecycle events carry as subject
   * @throws StartFailedException when it was not taken
   */
  String start() throws StartFailedException, InterruptedException;

  @Override
  void close();

  /** One order was not taken; the next one may be. */
  final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailedException(String message) {
      super(message);
    }
  }
}
