package io.skald.orchestrator.query;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * A row of the journal: one transition. Read here and never written. Its key in the table is shard
 * and sequence; seen from a saga it is the number of the transition.
 */
@Entity
@Immutable
@Table(name = "journal")
@IdClass(JournalRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class JournalRow extends PanacheEntityBase {

  record Key(UUID sagaId, long sagaSeq) implements Serializable {}

  @Id
  @Column(name = "saga_id")
  UUID sagaId;

  @Id
  @Column(name = "saga_seq")
  long sagaSeq;

  String cause;

  String body;

  Instant at;
}
