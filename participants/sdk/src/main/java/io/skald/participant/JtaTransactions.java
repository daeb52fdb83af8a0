package io.skald.participant;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** JTA transactions, which JDBC and Hibernate join alike. */
@Singleton
final class JtaTransactions implements Transactions {

  private final int timeoutSeconds;

  @Inject
  JtaTransactions(ParticipantConfig config) {
    this.timeoutSeconds = Math.toIntExact(Math.max(1, config.transactionTimeout().toSeconds()));
  }

  @Override
  public <T> T inNew(Supplier<T> work) {
    return QuarkusTransaction.requiringNew().timeout(timeoutSeconds).call(work::get);
  }
}
