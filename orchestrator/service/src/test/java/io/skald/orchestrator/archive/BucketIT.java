package io.skald.orchestrator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.orchestrator.archive.Partition.Family;
import io.skald.orchestrator.journal.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkSystemSetting;

/** Archive and rebuild with a bucket, on a server that speaks S3 and checks each signature. */
class BucketIT {

  private static final String NAME = "sagas";
  private static final Bucket.Keys KEYS = S3Server.KEYS;

  @TempDir static Path directory;

  private static Database database;
  private static S3Server server;

  @TempDir Path scratch;

  private S3Store store;

  @BeforeAll
  static void start() throws Exception {
    database = Database.start(directory.resolve("postgres"));
    server = S3Server.start();
    System.setProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), KEYS.access());
    System.setProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), KEYS.secret());
  }

  @AfterAll
  static void stop() throws Exception {
    System.clearProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property());
    System.clearProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());
    server.close();
    database.close();
  }

  @BeforeEach
  void makeBucket() {
    server.makeBucket(NAME);
    store = new S3Store(server.bucket(NAME, "skald/", KEYS));
  }

  @Test
  void shouldRestoreBitForBit_whenTheArchiveIsABucket() throws Exception {
    // given
    archiveTheFirstDay();
    List<String> before = database.query(ArchiveIT.ALL_ROWS);
    database.execute("delete from saga");
    database.execute("delete from saga_ended where status <> 'COMPENSATED'");
    assertThat(rebuild("s3://sagas/skald")).isEqualTo(1);

    // when
    int status = rebuild("s3://sagas/skald", "--write", "--yes");

    // then
    assertThat(status).isZero();
    assertThat(database.query(ArchiveIT.ALL_ROWS)).isEqualTo(before);
    assertThat(rebuild("s3://sagas/skald/")).isZero();
    assertThat(store.names(""))
        .containsExactly(
            "journal_20260301.jsonl.gz",
            "journal_20260301.manifest.json",
            "saga_ended_20260223.jsonl.gz",
            "saga_ended_20260223.manifest.json");
    assertThat(new S3Store(server.bucket(NAME, "", KEYS)).names("skald/")).hasSize(4);
  }

  @Test
  void shouldNotTell_whenTheArchiveIsDamagedOrCannotBeRead() throws Exception {
    // given
    archiveTheFirstDay();
    Path damaged = Files.write(scratch.resolve("damaged"), bytes("saga_ended_20260223.jsonl.gz"));
    store.write("journal_20260301.jsonl.gz", damaged);

    // then
    assertThat(rebuild("s3://sagas/skald")).isEqualTo(2);
    assertThat(rebuild("s3://nobody-has-this/skald")).isEqualTo(2);
    assertThat(rebuild("s3:///skald")).isEqualTo(2);
    assertThat(rebuild(scratch.toString())).isEqualTo(2);
  }

  @Test
  void shouldNameAll_whenTheyAreMoreThanOneAnswerHolds() throws Exception {
    // given
    List<String> names = IntStream.range(0, 1001).mapToObj("day_%04d"::formatted).toList();
    names.forEach(name -> server.put(NAME, "skald/" + name, "content"));

    // then
    assertThat(store.names("")).isEqualTo(names);
    assertThat(store.names("day_1")).containsExactly("day_1000");
    assertThat(new String(bytes("day_1000"), StandardCharsets.UTF_8)).isEqualTo("content");
    assertThat(store.read("day_1001")).isEmpty();
  }

  @Test
  void shouldSayWhy_whenTheKeysAreWrong() {
    S3Store stranger =
        new S3Store(server.bucket(NAME, "", new Bucket.Keys(KEYS.access(), "guessed")));

    assertThatThrownBy(() -> stranger.names(""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("s3://sagas/")
        .hasMessageContaining("403");
  }

  @Test
  void shouldFailAsAStoreDoes_whenTheServerHangsUp() throws Exception {
    // given
    Path content = Files.writeString(scratch.resolve("content"), "content");
    try (ServerSocket rude = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> hangUp(rude));
      URI address = URI.create("http://127.0.0.1:" + rude.getLocalPort());
      S3Store away =
          new S3Store(new Bucket(NAME, "", Optional.of(address), "us-east-1", Optional.of(KEYS)));

      // then
      assertThatThrownBy(() -> away.write("name", content))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://sagas/ to keep name");
      assertThatThrownBy(() -> away.read("name")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> away.names("")).isInstanceOf(IOException.class);
    }
  }

  private static void hangUp(ServerSocket server) {
    try {
      while (!server.isClosed()) {
        server.accept().close();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void archiveTheFirstDay() throws Exception {
    History history = new History(database);
    history.happen();
    history.publishAll();
    Map<Family, Duration> keep =
        Map.of(Family.JOURNAL, Duration.ofDays(9), Family.SAGA_ENDED, Duration.ofDays(9));
    List<Partition> dropped =
        new Retention(database.dataSource(), keep, Optional.of(store))
            .run(History.startOf(History.FIRST_DAY.plusDays(10)));
    assertThat(dropped).hasSize(2);
  }

  /** As {@code ./skald rebuild} does. */
  private int rebuild(String archive, String... more) {
    String endpoint = server.address().toString();
    return Rebuild.run(
        Stream.concat(
                Stream.of(
                    "--jdbc-url", database.url(), "--archive", archive, "--s3-endpoint", endpoint),
                Stream.of(more))
            .toList());
  }

  private byte[] bytes(String name) throws IOException {
    try (InputStream stored = store.read(name).orElseThrow()) {
      return stored.readAllBytes();
    }
  }
}
