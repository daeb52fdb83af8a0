package io.skald.orchestrator.query;

import io.quarkus.panache.common.Parameters;
import io.skald.orchestrator.journal.EntryCodec;
import io.skald.saga.message.SagaId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The journal as one saga sees it. See {@link Sagas} for what its calls have in common. */
@ApplicationScoped
public class JournalPages {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How far the clocks of two orchestrators may be apart: a saga's next transition may be dated
   * that much before its first.
   */
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  /**
   * The transitions of a saga, in order.
   *
   * @param createdAt when the saga started: the days before that need no look
   * @param after the number of the transition to go on after; 0 for all
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Page<JournalRecord> page(SagaId saga, Instant createdAt, long after, int limit) {
    List<JournalRecord> found =
        JournalRow.<JournalRow>find(
                "sagaId = :saga and sagaSeq > :after and at >= :since order by sagaSeq",
                Parameters.with("saga", saga.value())
                    .and("after", after)
                    .and("since", createdAt.minus(CLOCK_SKEW)))
            .withHint("jakarta.persistence.query.timeout", (int) PATIENCE.toMillis())
            .range(0, limit)
            .list()
            .stream()
            .map(
                row ->
                    new JournalRecord(
                        row.sagaSeq, row.at, row.cause, EntryCodec.decode(row.body), row.body))
            .toList();
    return Page.of(found, limit);
  }
}
