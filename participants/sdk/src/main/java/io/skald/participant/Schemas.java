package io.skald.participant;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Where each participant's tables are. */
@Singleton
final class Schemas {

  /** Goes into statements in double quotes. */
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,62}");

  private final ParticipantConfig config;

  @Inject
  Schemas(ParticipantConfig config) {
    this.config = config;
  }

  String of(ParticipantService service) {
    String name = service.participant().name();
    String schema = config.schema().getOrDefault(name, name);
    if (!NAME.matcher(schema).matches()) {
      throw new IllegalArgumentException(
          "Expected the schema of participant '"
              + name
              + "' to be a name of lower-case letters, digits, '_' and '-', at most 63 long, but found '"
              + schema
              + "'; set skald.participant.schema."
              + name);
    }
    return schema;
  }
}
