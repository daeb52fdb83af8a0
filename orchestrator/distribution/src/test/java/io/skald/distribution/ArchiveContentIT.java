package io.skald.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the archive holds, and that nothing in it tells who has built it, or when. */
final class ArchiveContentIT {

  private static final int FILE = 0644;
  private static final int PROGRAM = 0755;

  private static UnpackedArchive archive;

  @BeforeAll
  static void unpack() throws Exception {
    archive = UnpackedArchive.unpack();
  }

  @AfterAll
  static void delete() throws Exception {
    archive.close();
  }

  @Test
  void shouldSayNothingOfItsBuilder_whenListed() throws IOException {
    // given
    List<TarArchiveEntry> entries = entries();
    String root = archive.home().getFileName() + "/";

    // then
    assertThat(entries).extracting(TarArchiveEntry::getName).doesNotHaveDuplicates();
    assertThat(entries).allMatch(entry -> entry.getName().startsWith(root));
    assertThat(entries).extracting(TarArchiveEntry::getLongUserId).containsOnly(0L);
    assertThat(entries).extracting(TarArchiveEntry::getLongGroupId).containsOnly(0L);
    assertThat(entries).extracting(TarArchiveEntry::getUserName).containsOnly("root");
    assertThat(entries).extracting(TarArchiveEntry::getGroupName).containsOnly("root");
    assertThat(entries.stream().map(TarArchiveEntry::getLastModifiedTime).distinct()).hasSize(1);
    assertThat(entries)
        .allSatisfy(
            entry ->
                assertThat(entry.getMode() & 0777)
                    .as(entry.getName())
                    .isEqualTo(isProgram(entry) ? PROGRAM : FILE));
  }

  private static boolean isProgram(TarArchiveEntry entry) {
    return entry.isDirectory() || entry.getName().endsWith("/bin/skald");
  }

  @Test
  void shouldHoldEveryPart_whenUnpacked() throws IOException {
    assertThat(archive.files())
        .contains(
            "LICENSE",
            "README.md",
            "SHA256SUMS",
            "bin/skald",
            "deploy/kubernetes/kustomization.yaml",
            "deploy/systemd/skald-orchestrator.service",
            "docs/deployment.md",
            "orchestrator/quarkus-run.jar",
            "shop/quarkus-run.jar")
        .noneMatch(file -> file.endsWith(".class"));
    assertThat(Files.readString(archive.home().resolve("README.md"))).doesNotContain("${");
    assertThat(archive.home().getFileName().toString()).matches("skald-\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void shouldBeProvedByItsChecksums_whenNothingIsDamaged() throws Exception {
    archive.verify();
    Command.runWell(
        UnpackedArchive.file().resolveSibling("."),
        "sha256sum",
        "--check",
        "--strict",
        UnpackedArchive.file().getFileName() + ".sha256");
  }

  @ParameterizedTest
  @CsvSource({
    "orchestrator, orchestrator/(lib/.*|app/.*), skald-shop-orchestrator",
    "shop, shop/(lib/.*|app/.*), skald-shop-services",
    "standalone, standalone/.*, skald-standalone"
  })
  void shouldBeMadeOfWhatItsBillSays_whenTheJarsAreCounted(
      String program, String jars, String itself) throws Exception {
    // given
    Map<String, String> shipped = checksums(file -> file.matches(jars + "\\.jar"));
    shipped.values().removeIf(file -> file.contains("/" + itself + "-"));

    // when
    Map<String, String> told = components(archive.home().resolve("sbom/" + program + ".cdx.json"));
    // Quarkus leaves it out by itself: it is for development.
    told.values().removeIf(component -> component.equals("quarkus-ide-launcher"));

    // then
    assertThat(shipped).isNotEmpty();
    assertThat(told.keySet())
        .as("components, and jars; 'mvnw clean' if jars of older versions lie in target")
        .containsExactlyInAnyOrderElementsOf(shipped.keySet());
  }

  /** Names of files by their SHA-256, as {@code SHA256SUMS} has them. */
  private static Map<String, String> checksums(Predicate<String> wanted) throws IOException {
    Map<String, String> names = new HashMap<>();
    for (String line : Files.readAllLines(archive.home().resolve("SHA256SUMS"))) {
      String[] words = line.split(" \\*", 2);
      if (wanted.test(words[1])) {
        names.put(words[0], words[1]);
      }
    }
    return names;
  }

  /** Names of components by the SHA-256 of their jars. */
  private static Map<String, String> components(Path bill) throws IOException {
    JsonObject root = JsonParser.parseString(Files.readString(bill)).getAsJsonObject();
    assertThat(root.get("bomFormat").getAsString()).isEqualTo("CycloneDX");
    return StreamSupport.stream(root.getAsJsonArray("components").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .collect(
            Collectors.toMap(
                ArchiveContentIT::checksum, component -> component.get("name").getAsString()));
  }

  private static String checksum(JsonObject component) {
    return StreamSupport.stream(component.getAsJsonArray("hashes").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(hash -> hash.get("alg").getAsString().equals("SHA-256"))
        .map(hash -> hash.get("content").getAsString())
        .findFirst()
        .orElseThrow();
  }

  private static List<TarArchiveEntry> entries() throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(
                new BufferedInputStream(Files.newInputStream(UnpackedArchive.file()))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }
}
