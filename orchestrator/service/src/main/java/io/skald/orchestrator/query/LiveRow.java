package io.skald.orchestrator.query;

import io.skald.machine.SagaStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** What is counted of the sagas that have not ended. Read here and never written. */
@Entity
@Immutable
@Table(name = "saga")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class LiveRow {

  @Id UUID id;

  String definition;

  int version;

  @Enumerated(EnumType.STRING)
  SagaStatus status;
}
