package io.skald.participant;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the fence table of a schema up to date, with a history of its own beside whatever else
 * migrates that schema.
 */
final class FenceMigrations {

  private static final ClassLoader LOADER = FenceMigrations.class.getClassLoader();
  static final String FOLDER = "io/skald/participant/db";
  static final List<String> FILES = List.of("V1__fence.sql", "V2__fence_written_once.sql");

  /** While the database is still coming up. */
  private static final int CONNECT_RETRIES = 60;

  private FenceMigrations() {}

  static void migrate(DataSource dataSource, String schema) {
    new ListedMigrations(LOADER, FOLDER, FILES)
        .in(Flyway.configure(LOADER))
        .dataSource(dataSource)
        .connectRetries(CONNECT_RETRIES)
        .connectRetriesInterval(5)
        .schemas(schema)
        .defaultSchema(schema)
        .createSchemas(true)
        .table("skald_fence_history")
        // The schema may hold the participant's own tables already.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
