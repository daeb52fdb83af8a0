package io.skald.orchestrator.query;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** A version of a definition that has run here. Read here and never written. */
@Entity
@Immutable
@Table(name = "definition")
@IdClass(DefinitionRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class DefinitionRow {

  record Key(String name, int version) implements Serializable {}

  @Id String name;

  @Id int version;
}
