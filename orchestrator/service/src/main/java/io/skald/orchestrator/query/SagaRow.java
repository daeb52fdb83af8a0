package io.skald.orchestrator.query;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.skald.machine.SagaStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A saga, whether it has ended or not. Read here and never written. */
@Entity
@Immutable
@Table(name = "sagas")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class SagaRow extends PanacheEntityBase {

  @Id UUID id;

  String definition;

  int version;

  long place;

  @Enumerated(EnumType.STRING)
  SagaStatus status;

  @Column(name = "saga_key")
  String key;

  long seq;

  String data;

  String state;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "next_due_at")
  @Nullable Instant nextDueAt;
}
