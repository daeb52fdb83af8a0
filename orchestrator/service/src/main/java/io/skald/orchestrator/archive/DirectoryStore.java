package io.skald.orchestrator.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** An archive in a directory. */
final class DirectoryStore implements ArchiveStore {

  private static final String UNFINISHED = ".unfinished";

  private final Path root;

  DirectoryStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void write(String name, Path content) throws IOException {
    Path target = root.resolve(name);
    Path folder = Objects.requireNonNull(target.getParent(), "parent");
    Files.createDirectories(folder);
    Path beside = folder.resolve(target.getFileName() + UNFINISHED);
    Files.copy(content, beside, StandardCopyOption.REPLACE_EXISTING);
    flush(beside, StandardOpenOption.WRITE);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    flush(folder, StandardOpenOption.READ);
  }

  /** A new name is durable when its folder is. */
  private static void flush(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<InputStream> read(String name) throws IOException {
    try {
      return Optional.of(Files.newInputStream(root.resolve(name)));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> names(String prefix) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.startsWith(prefix) && !name.endsWith(UNFINISHED))
          .sorted()
          .toList();
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
