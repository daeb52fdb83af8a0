package io.skald.participant;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ClassProvider;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the fence table of a schema up to date, with a history of its own beside whatever else
 * migrates that schema. The files are listed here, for in a native image there is no classpath to
 * look through.
 */
final class FenceMigrations implements ResourceProvider {

  private static final String FOLDER = "io/skald/participant/db/";
  private static final List<String> FILES = List.of("V1__fence.sql", "V2__fence_written_once.sql");

  /** While the database is still coming up. */
  private static final int CONNECT_RETRIES = 60;

  static void migrate(DataSource dataSource, String schema) {
    Flyway.configure(FenceMigrations.class.getClassLoader())
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
        .resourceProvider(new FenceMigrations())
        .javaMigrationClassProvider(new NoClasses())
        .load()
        .migrate();
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return FILES.stream()
        .filter(file -> file.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(file::endsWith))
        .<LoadableResource>map(Script::new)
        .toList();
  }

  private static final class NoClasses implements ClassProvider<JavaMigration> {
    @Override
    public Collection<Class<? extends JavaMigration>> getClasses() {
      return List.of();
    }
  }

  private static final class Script extends LoadableResource {
    private final String file;

    Script(String file) {
      this.file = file;
    }

    @Override
    public Reader read() {
      InputStream stream =
          FenceMigrations.class.getClassLoader().getResourceAsStream(FOLDER + file);
      return new InputStreamReader(
          Objects.requireNonNull(stream, FOLDER + file), StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + file;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + file;
    }

    @Override
    public String getFilename() {
      return file;
    }

    @Override
    public String getRelativePath() {
      return file;
    }
  }
}
