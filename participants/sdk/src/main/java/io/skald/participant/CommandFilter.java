package io.skald.participant;

/**
 * Makes faults on purpose: an optional CDI bean that sees every readable command before the fence
 * does, duplicates too. For demonstrations and tests.
 *
 * <p>Called outside any transaction, in the order of the records, on the thread that took the
 * batch. It may block, which makes the participant slow, and it may throw, which answers {@code
 * failed} as if the handler had thrown. When the database is away it is not called again for the
 * same delivery. With several such beans the first that does not let a command proceed decides.
 */
@FunctionalInterface
public interface CommandFilter {

  Disposition before(CommandContext context) throws Exception;
}
