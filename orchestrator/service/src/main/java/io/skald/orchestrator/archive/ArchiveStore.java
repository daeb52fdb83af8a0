package io.skald.orchestrator.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where archived days are kept: names with slashes, each with its bytes. Used from one thread at a
 * time.
 */
interface ArchiveStore {

  /**
   * Keeps a file under a name, whatever was there before. Afterwards it is durable; a crash leaves
   * the former bytes, or none, and never a part.
   */
  void write(String name, Path content) throws IOException;

  /** The bytes under a name, which the caller closes; empty when there are none. */
  Optional<InputStream> read(String name) throws IOException;

  /** The names that begin with a prefix, sorted. */
  List<String> names(String prefix) throws IOException;
}
