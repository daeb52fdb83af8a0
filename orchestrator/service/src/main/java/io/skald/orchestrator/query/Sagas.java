package io.skald.orchestrator.query;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Parameters;
import io.skald.machine.SagaState;
import io.skald.orchestrator.journal.StateCodec;
import io.skald.saga.message.SagaId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What there is to know of sagas. Each call is a transaction of its own and sees what is committed
 * when it begins: the lanes write behind Hibernate's back, so nothing is kept from one call to the
 * next. Blocks; may be called from any thread.
 */
@ApplicationScoped
public class Sagas {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Counting is an extra: what needs it does without when it takes longer. */
  private static final Duration COUNTING_PATIENCE = Duration.ofSeconds(1);

  private static final String TIMEOUT = "jakarta.persistence.query.timeout";

  private final EntityManager entities;

  public Sagas(EntityManager entities) {
    this.entities = entities;
  }

  /** The state of one saga; empty when there is none of that id. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Optional<SagaState> state(SagaId id) {
    return withTimeout(SagaRow.<SagaRow>find("id", id.value()), PATIENCE)
        .singleResultOptional()
        .map(Sagas::decode);
  }

  /**
   * Sagas, the newest first.
   *
   * @param after where the page before it ended; empty for the first page
   * @param limit at most that many
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Page<SagaSummary> page(SagaFilter filter, Optional<Position> after, int limit) {
    List<String> conditions = new ArrayList<>();
    Parameters values = new Parameters();
    filter
        .definition()
        .ifPresent(
            definition -> {
              conditions.add("definition = :definition");
              values.and("definition", definition);
            });
    if (!filter.statuses().isEmpty()) {
      conditions.add("status in (:statuses)");
      values.and("statuses", filter.statuses());
    }
    filter
        .key()
        .ifPresent(
            key -> {
              List<String> names = filter.definition().map(List::of).orElseGet(this::definitions);
              conditions.add(
                  "key = :key and (id in (:ids) or (place > 0 and definition in (:names)))");
              values.and("ids", idsOf(key, names)).and("names", names).and("key", key);
            });
    filter
        .from()
        .ifPresent(
            from -> {
              conditions.add("createdAt >= :from");
              values.and("from", from);
            });
    filter
        .to()
        .ifPresent(
            to -> {
              conditions.add("createdAt < :to");
              values.and("to", to);
            });
    after.ifPresent(
        position -> {
          conditions.add("(createdAt, id) < (:createdAt, :id)");
          values.and("createdAt", position.createdAt()).and("id", position.id());
        });
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ";
    PanacheQuery<SagaRow> query =
        SagaRow.find("from SagaRow " + where + "order by createdAt desc, id desc", values);
    List<SagaSummary> found =
        withTimeout(query, PATIENCE).project(SagaSummary.class).range(0, limit).list();
    return Page.of(found, limit);
  }

  /** How many sagas of each version have not ended; none is left out but those without any. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<LiveCount> countLive() {
    TypedQuery<LiveCount> query =
        entities.createQuery(
            """
            select new io.skald.orchestrator.query.LiveCount(definition, version, status, count(*))
            from LiveRow group by definition, version, status
            """,
            LiveCount.class);
    return query.setHint(TIMEOUT, (int) COUNTING_PATIENCE.toMillis()).getResultList();
  }

  /**
   * The ids that a saga of this key can have. There is no index by key: an id follows from the
   * definition's name and the key, and a saga without a key has its id for one. The sagas of
   * exclusive definitions have an index of their own.
   */
  private static Set<UUID> idsOf(String key, List<String> definitions) {
    Set<UUID> ids = new HashSet<>();
    SagaId.parse(key).map(SagaId::value).ifPresent(ids::add);
    definitions.stream().map(name -> SagaId.forKey(name, key).value()).forEach(ids::add);
    return ids;
  }

  /** The names of all definitions that have ever run here. */
  private List<String> definitions() {
    return entities
        .createQuery("select distinct name from DefinitionRow", String.class)
        .setHint(TIMEOUT, (int) PATIENCE.toMillis())
        .getResultList();
  }

  private static SagaState decode(SagaRow row) {
    return StateCodec.decode(
        new StateCodec.Row(
            new SagaId(row.id),
            row.definition,
            row.version,
            row.status,
            row.key,
            row.seq,
            row.data,
            row.state,
            row.createdAt,
            row.updatedAt));
  }

  private static <T> PanacheQuery<T> withTimeout(PanacheQuery<T> query, Duration atMost) {
    return query.withHint(TIMEOUT, (int) atMost.toMillis());
  }
}
