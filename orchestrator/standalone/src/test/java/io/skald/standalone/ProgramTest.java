package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {
  private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");

  @TempDir Path module;

  @Test
  void shouldCarryItsMarkAndItsMemory_whenItIsAnExecutable() {
    Program program = Program.executable(module.resolve("shop-runner"));

    assertThat(program.command("-Dmark=here", "shop"))
        .startsWith(module.resolve("shop-runner").toString(), "-Dmark=here")
        .contains("-Xmx512m", "-Dio.skald.standalone.service=shop");
  }

  @Test
  void shouldTakeTheNewestExecutable_whenThereAreSeveral() throws IOException {
    file("target/shop-0.1-runner", BUILT);
    file("target/shop-0.2-runner", BUILT.plusSeconds(1));
    file("target/shop-0.3.jar", BUILT.plusSeconds(2));

    Program program = Program.of(module, Packaging.NATIVE);

    assertThat(program.file()).isEqualTo(module.resolve("target/shop-0.2-runner"));
    assertThat(program.isBuilt()).isTrue();
  }

  @Test
  void shouldSayWhatBuildsIt_whenItIsMissing() {
    Program executable = Program.of(module, Packaging.NATIVE);
    Program jar = Program.of(module, Packaging.AOT);

    assertThat(executable.isBuilt()).isFalse();
    assertThat(executable.remedy()).contains("-Pnative", "GRAALVM_HOME");
    assertThat(jar.isBuilt()).isFalse();
    assertThat(jar.remedy()).contains("'./mvnw package'");
  }

  @Test
  void shouldStartFromTheJar_whenThereIsNoCacheOrTheApplicationIsNewer() throws IOException {
    Path jar = file("app/quarkus-run.jar", BUILT);
    Program program = new Program.Jar(jar, Optional.of(cache()));

    assertThat(program.command("-Dmark", "shop")).endsWith("-jar", jar.toString());

    file("cache/app.aot", BUILT.minusSeconds(1));
    file("cache/app.aot.options", BUILT.minusSeconds(1));
    assertThat(program.command("-Dmark", "shop")).endsWith("-jar", jar.toString());
  }

  @Test
  void shouldStartFromTheCache_whenItIsNewerThanTheApplication() throws IOException {
    assumeThat(AotCache.isSupported()).as("older Java has no such cache").isTrue();
    Path jar = file("app/quarkus-run.jar", BUILT);
    Path cache = file("cache/app.aot", BUILT.plusSeconds(1));
    Path options = file("cache/app.aot.options", BUILT.plusSeconds(1));
    file("app/quarkus/quarkus-application.dat", BUILT);
    Path jars = file("cache/app.aot.dat", BUILT);

    assertThat(new Program.Jar(jar, Optional.of(cache())).command("-Dmark", "shop"))
        .contains("-Dmark")
        .doesNotContain("-jar")
        .endsWith("-XX:AOTCache=" + cache, "@" + options);
    assertThat(Program.jar(jar).command("-Dmark", "shop")).contains("-jar");
    // and when another application was unpacked in its place, whose files have the same times
    Files.writeString(jars, "other jars");
    assertThat(new Program.Jar(jar, Optional.of(cache())).command("-Dmark", "shop"))
        .contains("-jar");
  }

  @Test
  void shouldPutWhatQuarkusHasMadeFirst_whenTheClassPathIsWrittenDown() throws IOException {
    for (String jar :
        new String[] {
          "quarkus/transformed-bytecode.jar",
          "quarkus/generated-bytecode.jar",
          "app/shop.jar",
          "lib/boot/logmanager.jar",
          "lib/main/hibernate.jar"
        }) {
      file("app/" + jar, BUILT);
    }
    file("app/quarkus/quarkus-application.dat", BUILT);

    cache().prepare();

    assertThat(Files.readString(cache().options()).replace(module.resolve("app") + "/", ""))
        .contains(
            "\"quarkus/transformed-bytecode.jar:quarkus/generated-bytecode.jar:app/shop.jar:"
                + "lib/boot/logmanager.jar:lib/main/hibernate.jar\"");
  }

  @Test
  void shouldBeAmongTheUsersCaches_whenItsPlaceIsAskedFor() {
    assertThat(AotCache.of(Path.of("/opt/skald/shop")).directory())
        .isEqualTo(UserCache.directory().resolve("aot").resolve("_opt_skald_shop"));
    assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", "/var/cache"), "/home/me"))
        .isEqualTo(Path.of("/var/cache/skald"));
    assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", " "), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/skald"));
  }

  private AotCache cache() {
    return new AotCache(module.resolve("app"), module.resolve("cache"));
  }

  private Path file(String name, Instant modified) throws IOException {
    Path file = module.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }
}
