package io.skald.standalone;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL server on 127.0.0.1, without a container.
 *
 * <p>Commits are durable: {@code fsync}, {@code synchronous_commit} and {@code full_page_writes}
 * are on. The data directory is kept over restarts. The server is no child of this JVM and outlives
 * its {@code kill -9}; the next start on the same directory finds it, stops it and starts anew.
 *
 * <p>Whoever reaches the port is trusted as {@code postgres} with any password: for development and
 * tests. All methods may be called from any thread.
 */
public final class PostgresNode implements AutoCloseable {
  private static final String USERNAME = "postgres";
  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String START_SECONDS = "90";

  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "listen_addresses", "127.0.0.1",
              // Socket paths have a length limit that a deep data directory would break.
              "unix_socket_directories", "",
              "fsync", "on",
              "synchronous_commit", "on",
              "full_page_writes", "on",
              "max_connections", "200",
              // Much less, and the pages that sagas of random ids touch go in and out all the time.
              "shared_buffers", "1GB",
              // A checkpoint makes every page's next change dear; by default one comes each 1 GB.
              "max_wal_size", "4GB",
              // Live sagas' rows turn over in seconds; a minute of them is a hundred megabytes.
              "autovacuum_naptime", "15s",
              "timezone", "UTC"));

  private final PostgresBinaries binaries;
  private final Path dataDir;
  private final int port;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean wanted = true;

  private PostgresNode(PostgresBinaries binaries, Path dataDir, int port) {
    this.binaries = binaries;
    this.dataDir = dataDir;
    this.port = port;
  }

  /**
   * Starts a server and returns when it takes connections: 2 to 5 s on a new directory, less than 1
   * s on a kept one. A server that runs on this directory already, left behind by a killed process,
   * is stopped first.
   *
   * @throws StandaloneException with the end of the server's log when it does not come up
   */
  public static PostgresNode start(PostgresOptions options) {
    Path dataDir = options.dataDir().toAbsolutePath().normalize();
    try {
      PostgresNode node =
          new PostgresNode(
              PostgresBinaries.in(options.binariesDir()), dataDir, Loopback.orFree(options.port()));
      node.stopIfRunning();
      node.initOnce();
      node.launch();
      return node;
    } catch (IOException e) {
      throw new StandaloneException(
          "Expected to start PostgreSQL with its data in " + dataDir + ", but: " + e, e);
    }
  }

  public int port() {
    return port;
  }

  /** The JDBC address of a database, which {@link #createDatabase} may have to make first. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String username() {
    return USERNAME;
  }

  /** Any password will do; some pools insist on one. */
  public String password() {
    return USERNAME;
  }

  /**
   * Makes a database if there is none of that name.
   *
   * @param name lower case letters, digits and underscores, so that nobody has to quote it
   */
  public void createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Expected a database name that matches " + DATABASE_NAME + ", but got '" + name + "'");
    }
    try (Connection connection = connect("postgres");
        PreparedStatement query =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          return;
        }
      }
      try (Statement create = connection.createStatement()) {
        create.execute("CREATE DATABASE " + name);
      }
    } catch (SQLException e) {
      throw new StandaloneException(
          "Expected to create database '" + name + "' at " + jdbcUrl("postgres") + ", but: " + e,
          e);
    }
  }

  /** A new connection as superuser; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USERNAME, USERNAME);
  }

  /** Whether the server's main process is there; it may still be recovering. */
  public boolean isRunning() {
    return Postmaster.of(dataDir).isPresent();
  }

  /**
   * The process id of the server's main process.
   *
   * @throws StandaloneException when it does not run
   */
  public long pid() {
    return postmaster().pid();
  }

  /**
   * SIGKILL to the server and all its processes, for fault tests. All that was committed is there
   * after {@link #restart}.
   */
  public void kill() {
    Postmaster.of(dataDir).ifPresent(Postmaster::kill);
  }

  /** Starts again on the same port and directory; a server that still runs is stopped first. */
  public void restart() {
    lock.lock();
    try {
      wanted = true;
      stopIfRunning();
      launch();
    } catch (IOException e) {
      throw new StandaloneException(
          "Expected to restart PostgreSQL with its data in " + dataDir + ", but: " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /** Stops the server, cutting its clients off, and keeps its data; {@link #restart} undoes it. */
  public void stop() {
    lock.lock();
    try {
      wanted = false;
      stopIfRunning();
    } finally {
      lock.unlock();
    }
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  /** Whether the server has ended though nobody called {@link #stop}. */
  boolean isLost() {
    return wanted && !isRunning();
  }

  /** What a supervisor does about a lost server; false if it was not lost any more. */
  boolean restartIfLost() {
    lock.lock();
    try {
      if (!isLost()) {
        return false;
      }
      restart();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Its main process, of which all others of the server are children. */
  public Optional<ProcessHandle> process() {
    return Postmaster.of(dataDir).flatMap(postmaster -> ProcessHandle.of(postmaster.pid()));
  }

  private Postmaster postmaster() {
    return Postmaster.of(dataDir)
        .orElseThrow(
            () ->
                new StandaloneException(
                    "Expected PostgreSQL to run with its data in "
                        + dataDir
                        + ", but it does not; restart() starts it"));
  }

  private void stopIfRunning() {
    Postmaster.of(dataDir).ifPresent(Postmaster::stop);
  }

  private void initOnce() throws IOException {
    if (Files.exists(dataDir.resolve("PG_VERSION"))) {
      return;
    }
    // Beside its place and then moved there: an initdb that was cut short leaves no half a cluster.
    Path scratch = dataDir.resolveSibling(dataDir.getFileName() + ".init");
    Trees.delete(scratch);
    Files.createDirectories(dataDir);
    run(
        "initdb",
        "-D",
        scratch.toString(),
        "-U",
        USERNAME,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--no-instructions");
    try {
      Files.delete(dataDir);
    } catch (DirectoryNotEmptyException e) {
      throw new StandaloneException(
          "Expected "
              + dataDir
              + " to be empty or to hold PostgreSQL's data, but it holds other files; name another"
              + " directory",
          e);
    }
    Files.move(scratch, dataDir, StandardCopyOption.ATOMIC_MOVE);
  }

  private void launch() throws IOException {
    // A file left by a crash, whose pid may belong to a stranger by now, would stop the start.
    Files.deleteIfExists(dataDir.resolve("postmaster.pid"));
    StringBuilder settings = new StringBuilder("-p ").append(port);
    SETTINGS.forEach(
        (name, value) -> settings.append(" -c ").append(name).append('=').append(value));
    run(
        "pg_ctl",
        "-D",
        dataDir.toString(),
        "-l",
        log().toString(),
        "-o",
        settings.toString(),
        "-t",
        START_SECONDS,
        "-w",
        "start");
  }

  private Path log() {
    return dataDir.resolveSibling(dataDir.getFileName() + ".log");
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (PostgresBinaries.isLinux() && System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
      command.add("unshare");
      command.add("-U");
    }
    command.add(binaries.program(program));
    command.addAll(List.of(arguments));
    // Into a file: the server inherits it, and a pipe would stay open as long as the server lives.
    Path output = Files.createTempFile("skald-" + program, ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int status = process.waitFor();
      if (status != 0) {
        throw new StandaloneException(
            "Expected "
                + program
                + " to end well, but its exit status was "
                + status
                + ":\n"
                + Files.readString(output).strip()
                + "\n"
                + LogTail.of(log(), 10)
                + "Its data is in "
                + dataDir
                + ", its port is "
                + port);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StandaloneException("Interrupted while " + program + " ran", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
