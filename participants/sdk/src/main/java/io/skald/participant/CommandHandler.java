package io.skald.participant;

import io.skald.saga.message.Command;

/**
 * What a participant does when a command comes: its effect, and the event that says that it is
 * done.
 *
 * <p>Runs inside the JTA transaction that also writes the fence row, on the thread that took the
 * batch (blocking is fine). Work through an injected {@code DataSource} or through Hibernate joins
 * that transaction by itself; do not commit, do not open another one. One transaction may hold the
 * commands of a whole poll, and when any of them does not end well it is rolled back and its
 * commands run again: so what a handler does <em>outside</em> its database (a card network, a mail)
 * happens at least once, unless the other side takes {@link CommandContext#idempotencyKey()}.
 *
 * @param <C> the command
 * @param <R> the event that answers it
 */
@FunctionalInterface
public interface CommandHandler<C extends Command<R>, R> {

  /**
   * Does what the command asks for and returns the reply, which is recorded with the effect.
   *
   * @throws BusinessRefusal to answer {@code rejected}; the effect is rolled back
   * @throws TransientFailure to answer {@code failed} with a code of your own
   * @throws Exception anything else: answered {@code failed} with code {@link
   *     TransientFailure#DEFAULT_CODE}, except where the database itself is at fault; then nothing
   *     is answered and the batch is tried again until the database is back
   */
  R handle(C command, CommandContext context) throws Exception;
}
