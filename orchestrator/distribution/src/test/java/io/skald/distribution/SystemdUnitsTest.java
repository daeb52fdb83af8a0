package io.skald.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skald.orchestrator.config.SkaldConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.SubnodeConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The systemd units: their keys everywhere, and by systemd's own eyes where it is installed; it
 * need not run.
 */
final class SystemdUnitsTest {

  private static final Path ARCHIVE = Path.of("src/main/archive").toAbsolutePath();
  private static final Path DIRECTORY = ARCHIVE.resolve("deploy/systemd");
  private static final String INSTALLED = "/opt/skald";

  /** Tenths; systemd itself calls up to 4.9 fine, and 2.0 is what a unit of this kind can have. */
  private static final int GREATEST_EXPOSURE = 20;

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "shop"})
  void shouldRunAsNobodyWhoMayNothing_whenInstalled(String program) throws Exception {
    SubnodeConfiguration service = service(program);

    assertThat(service.getString("DynamicUser")).isEqualTo("yes");
    assertThat(service.getString("NoNewPrivileges")).isEqualTo("yes");
    assertThat(service.getString("ProtectSystem")).isEqualTo("strict");
    assertThat(service.getString("CapabilityBoundingSet")).isEmpty();
    // A JVM writes the code that it runs.
    assertThat(service.containsKey("MemoryDenyWriteExecute")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "shop"})
  void shouldFindWhatItNames_whenInstalled(String program) throws Exception {
    // given
    SubnodeConfiguration service = service(program);
    String[] command = service.getString("ExecStart").split(" ", -1);

    // then
    assertThat(Path.of(command[0].replace(INSTALLED, ARCHIVE.toString()))).isExecutable();
    assertThat(command).hasSize(2).endsWith(program);
    assertThat(service.getString("Restart")).isEqualTo("always");
    assertThat(DIRECTORY.resolve(Path.of(service.getString("EnvironmentFile")).getFileName()))
        .isRegularFile();
    String[] credential = service.getString("LoadCredential").split(":", 2);
    assertThat(DIRECTORY.resolve(Path.of(credential[1]).getFileName())).isRegularFile();
    assertThat(service.getString("Environment"))
        .isEqualTo("SMALLRYE_CONFIG_LOCATIONS=%d/" + credential[0]);
  }

  @Test
  void shouldHaveTimeToLetItsShardsGo_whenTheOrchestratorIsStopped() throws Exception {
    assertThat(service("orchestrator").getLong("TimeoutStopSec"))
        .isGreaterThanOrEqualTo(Configuration.secondsToStop());
  }

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "shop"})
  void shouldKeepSecretsApart_whenConfigured(String program) throws Exception {
    Properties environment = properties(program + ".env");

    assertThat(environment)
        .containsKeys("KAFKA_BOOTSTRAP_SERVERS", "QUARKUS_DATASOURCE_JDBC_URL")
        .doesNotContainKey("QUARKUS_DATASOURCE_PASSWORD");
    assertThat(environment.stringPropertyNames())
        .filteredOn(name -> name.startsWith("SKALD_"))
        .isSubsetOf(Configuration.variables(SkaldConfig.class));
    assertThat(properties(program + ".secrets")).containsOnlyKeys("quarkus.datasource.password");
  }

  @Test
  void shouldBeFine_whenSystemdItselfLooksAtIt(@TempDir Path directory) throws Exception {
    assumeTrue(Command.isInstalled("systemd-analyze"), "systemd-analyze is not installed");
    for (String unit : List.of("skald-orchestrator.service", "skald-shop.service")) {
      // given
      Path installed = directory.resolve(unit);
      Files.writeString(
          installed,
          Files.readString(DIRECTORY.resolve(unit)).replace(INSTALLED, ARCHIVE.toString()));

      // then
      assertThat(Command.run("systemd-analyze", "verify", "--man=no", installed.toString()))
          .isEqualTo(new Command.Result(0, ""));
      assertThat(
              Command.run(
                  "systemd-analyze",
                  "security",
                  "--offline=true",
                  "--threshold=" + GREATEST_EXPOSURE,
                  installed.toString()))
          .matches(result -> result.status() == 0, "not exposed");
    }
  }

  private static SubnodeConfiguration service(String program)
      throws IOException, ConfigurationException {
    INIConfiguration unit = new INIConfiguration();
    try (Reader in = Files.newBufferedReader(DIRECTORY.resolve("skald-" + program + ".service"))) {
      unit.read(in);
    }
    assertThat(unit.getSections()).containsExactlyInAnyOrder("Unit", "Service", "Install");
    return unit.getSection("Service");
  }

  private static Properties properties(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(DIRECTORY.resolve(file))) {
      properties.load(in);
    }
    return properties;
  }
}
