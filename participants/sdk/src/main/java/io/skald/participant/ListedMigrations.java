package io.skald.participant;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Migrations by their names, for a Flyway of one's own: in a native executable there is no class
 * path to look through. The files must be in the executable: {@code
 * quarkus.native.resources.includes}, or below one of {@code quarkus.flyway.locations}.
 *
 * <p>Immutable; safe on every thread.
 */
public final class ListedMigrations implements ResourceProvider {

  private final ClassLoader loader;
  private final String folder;
  private final List<String> files;

  /**
   * @param loader that has the files
   * @param folder on its class path, such as {@code db/payment}
   * @param files their names in it, such as {@code V1__accounts.sql}
   */
  public ListedMigrations(ClassLoader loader, String folder, List<String> files) {
    this.loader = Objects.requireNonNull(loader, "loader");
    this.folder = Objects.requireNonNull(folder, "folder");
    this.files = List.copyOf(files);
  }

  /** The same configuration, which now runs these scripts and no classes. */
  public FluentConfiguration in(FluentConfiguration flyway) {
    return flyway.resourceProvider(this).javaMigrationClassProvider(List::of);
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.stream()
        .filter(file -> file.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(file::endsWith))
        .<LoadableResource>map(Script::new)
        .toList();
  }

  private final class Script extends LoadableResource {
    private final String file;

    Script(String file) {
      this.file = file;
    }

    @Override
    public Reader read() {
      InputStream stream = loader.getResourceAsStream(path());
      return new InputStreamReader(Objects.requireNonNull(stream, path()), StandardCharsets.UTF_8);
    }

    private String path() {
      return folder + "/" + file;
    }

    @Override
    public String getAbsolutePath() {
      return path();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return path();
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
