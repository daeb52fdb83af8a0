package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresNodeIT {
  @TempDir Path dir;

  @Test
  void shouldCommitDurably_whenStarted() throws Exception {
    try (PostgresNode node = PostgresNode.start(PostgresOptions.in(dir.resolve("pg")))) {
      assertThat(query(node, "postgres", "SHOW fsync")).isEqualTo("on");
      assertThat(query(node, "postgres", "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(node, "postgres", "SHOW full_page_writes")).isEqualTo("on");
      assertThat(query(node, "postgres", "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  void shouldKeepWhatWasCommitted_whenKilledAndRestarted() throws Exception {
    try (PostgresNode node = PostgresNode.start(PostgresOptions.in(dir.resolve("pg")))) {
      // given
      node.createDatabase("skald");
      node.createDatabase("skald");
      execute(node, "skald", "CREATE TABLE t AS SELECT 42 AS answer");
      // when
      node.kill();
      assertThat(node.isRunning()).isFalse();
      node.restart();
      // then
      assertThat(query(node, "skald", "SELECT answer FROM t")).isEqualTo("42");
    }
  }

  @Test
  void shouldTakeOver_whenAKilledProcessLeftItsServerBehind() throws Exception {
    // given
    Path data = dir.resolve("pg");
    Process owner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresOwner.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("owner.log").toFile())
            .start();
    assertThat(Poll.until(Duration.ofSeconds(60), () -> owner.isAlive() && answers(data)))
        .as(() -> LogTail.of(dir.resolve("owner.log"), 20))
        .isTrue();
    long leftBehind = Postmaster.of(data).orElseThrow().pid();
    owner.destroyForcibly().waitFor();
    assertThat(Postmaster.of(data)).isPresent();
    // when
    try (PostgresNode node = PostgresNode.start(PostgresOptions.in(data))) {
      // then
      assertThat(node.pid()).isNotEqualTo(leftBehind);
      assertThat(query(node, "postgres", "SELECT 1")).isEqualTo("1");
    }
    assertThat(Postmaster.of(data)).isEmpty();
  }

  private static boolean answers(Path data) {
    return Postmaster.of(data).isPresent()
        && LogTail.of(data.resolveSibling("pg.log"), 50).contains("ready to accept connections");
  }

  private static void execute(PostgresNode node, String database, String sql) throws SQLException {
    try (Connection connection = node.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresNode node, String database, String sql) throws SQLException {
    try (Connection connection = node.connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  /** Starts a server and waits to be killed. */
  static final class PostgresOwner {
    private PostgresOwner() {}

    public static void main(String[] args) throws InterruptedException {
      PostgresNode.start(PostgresOptions.in(Path.of(args[0])));
      Thread.currentThread().join();
    }
  }
}
