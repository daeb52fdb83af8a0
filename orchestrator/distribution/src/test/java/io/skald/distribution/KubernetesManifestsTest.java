package io.skald.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2ExternalMetricSource;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.skald.orchestrator.config.SkaldConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests by the API of Kubernetes, by its restricted profile, and by what Skald is. */
@NullUnmarked // As Manifests is.
final class KubernetesManifestsTest {

  private static final Path DIRECTORY = Path.of("src/main/archive/deploy/kubernetes");
  private static final String ORCHESTRATOR = "skald-orchestrator";

  private static Manifests manifests;

  @BeforeAll
  static void read() throws IOException {
    manifests = Manifests.in(DIRECTORY);
  }

  static Stream<V1Deployment> deployments() {
    return manifests.all(V1Deployment.class).stream();
  }

  @Test
  void shouldHoldEveryPart_whenReadByTheSchemaOfTheApi() {
    assertThat(deployments().map(deployment -> deployment.getMetadata().getName()))
        .containsExactlyInAnyOrder(ORCHESTRATOR, "skald-shop");
    assertThat(manifests.all(V1Service.class)).hasSize(2);
    assertThat(manifests.all(V1PodDisruptionBudget.class)).hasSize(2);
    assertThat(manifests.all(V2HorizontalPodAutoscaler.class)).hasSize(1);
    assertThat(manifests.all(V1NetworkPolicy.class)).hasSize(1);
  }

  @Test
  void shouldBeRefused_whenAFieldIsUnknownDeepDown() {
    // given
    JsonObject json =
        JSON.getGson().toJsonTree(manifests.deployment(ORCHESTRATOR)).getAsJsonObject();
    Manifests.checked("it", json);

    // when
    json.getAsJsonObject("spec")
        .getAsJsonObject("template")
        .getAsJsonObject("spec")
        .getAsJsonArray("containers")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("securityContext")
        .addProperty("readonlyRootFilesystem", true);

    // then
    assertThatThrownBy(() -> Manifests.checked("it", json))
        .hasMessageContaining("readonlyRootFilesystem");
  }

  @Test
  void shouldNameEveryManifest_whenAppliedAsAWhole() throws IOException {
    Map<?, ?> kustomization =
        (Map<?, ?>) Manifests.documents(DIRECTORY.resolve("kustomization.yaml")).getFirst();

    assertThat(kustomization.get("resources")).isEqualTo(sorted(Manifests.files(DIRECTORY)));
  }

  private static List<String> sorted(List<String> files) {
    return files.stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void shouldKeepToTheRestrictedProfile_whenAPodRuns(V1Deployment deployment) {
    // given
    V1PodSpec pod = Manifests.pod(deployment);
    V1Container container = Manifests.container(deployment);
    V1SecurityContext security = container.getSecurityContext();

    // then
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getHostNetwork()).isNotEqualTo(true);
    assertThat(pod.getHostPID()).isNotEqualTo(true);
    assertThat(pod.getVolumes()).allMatch(volume -> volume.getEmptyDir() != null);
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getPrivileged()).isNotEqualTo(true);
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
    // Beyond the profile: nothing to write to but a scratch directory, and no way to the API.
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getVolumeMounts())
        .singleElement()
        .matches(mount -> mount.getMountPath().equals("/tmp"));
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void shouldNeverHaveFewerReadyPods_whenItIsReplaced(V1Deployment deployment) {
    assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
        .isEqualTo(new IntOrString(0));
    assertThat(Manifests.pod(deployment).getTopologySpreadConstraints()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void shouldBeProbedWhereItListens_whenItStartsAndRuns(V1Deployment deployment) {
    // given
    V1Container container = Manifests.container(deployment);
    String name = deployment.getMetadata().getName();

    // then
    assertThat(manifests.probes(name))
        .extracting(probe -> probe.getPath() + " " + probe.getPort().getStrValue())
        .containsExactly("/q/health/started http", "/q/health/ready http", "/q/health/live http");
    assertThat(container.getPorts())
        .singleElement()
        .matches(port -> port.getName().equals("http"))
        .extracting(port -> port.getContainerPort().toString())
        .isEqualTo(manifests.configuration(name).get("QUARKUS_HTTP_PORT"));
    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).containsKey("memory");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void shouldTakeAddressesAndSecretsFromOutside_whenItIsConfigured(V1Deployment deployment) {
    // given
    V1Container container = Manifests.container(deployment);
    String name = deployment.getMetadata().getName();

    // then
    assertThat(container.getEnvFrom())
        .singleElement()
        .matches(from -> from.getConfigMapRef().getName().equals(name));
    assertThat(manifests.configuration(name))
        .containsKeys("KAFKA_BOOTSTRAP_SERVERS", "QUARKUS_DATASOURCE_JDBC_URL")
        .doesNotContainKey("QUARKUS_DATASOURCE_PASSWORD");
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().equals("QUARKUS_DATASOURCE_PASSWORD"))
        .singleElement()
        .matches(variable -> variable.getValueFrom().getSecretKeyRef() != null);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void shouldBeFoundByWhatPointsToIt_whenItsPodsAreLabelled(V1Deployment deployment) {
    // given
    String name = deployment.getMetadata().getName();
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

    // then
    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(manifests.all(V1Service.class))
        .filteredOn(service -> service.getSpec().getSelector().equals(labels))
        .singleElement()
        .matches(service -> service.getMetadata().getName().equals(name));
    assertThat(manifests.all(V1PodDisruptionBudget.class))
        .filteredOn(budget -> budget.getSpec().getSelector().getMatchLabels().equals(labels))
        .hasSize(1);
  }

  @Test
  void shouldHaveTimeToLetItsShardsGo_whenAPodIsStopped() throws ReflectiveOperationException {
    long seconds =
        Manifests.pod(manifests.deployment(ORCHESTRATOR)).getTerminationGracePeriodSeconds();

    assertThat(seconds).isGreaterThanOrEqualTo(Configuration.secondsToStop());
  }

  @Test
  void shouldFindWorkForEveryLane_whenThereAreAsManyPodsAsMayBe() {
    // given
    V2HorizontalPodAutoscaler autoscaler =
        manifests.all(V2HorizontalPodAutoscaler.class).getFirst();
    Map<String, String> configuration = manifests.configuration(ORCHESTRATOR);

    // when
    int lanes =
        autoscaler.getSpec().getMaxReplicas()
            * Integer.parseInt(configuration.get("SKALD_LANES_COUNT"));

    // then
    assertThat(autoscaler.getSpec().getScaleTargetRef().getName()).isEqualTo(ORCHESTRATOR);
    assertThat(manifests.deployment(ORCHESTRATOR).getSpec().getReplicas()).isNull();
    assertThat(lanes)
        .isLessThanOrEqualTo(Integer.parseInt(configuration.get("SKALD_SHARDS_COUNT")));
  }

  @Test
  void shouldScaleOnWhatTheAdapterServes_whenRecordsWait() throws IOException {
    // given
    V2ExternalMetricSource metric =
        manifests
            .all(V2HorizontalPodAutoscaler.class)
            .getFirst()
            .getSpec()
            .getMetrics()
            .getFirst()
            .getExternal();
    String adapter =
        Manifests.documents(DIRECTORY.resolve("prometheus-adapter.yaml")).getFirst().toString();

    // then
    assertThat(metric.getMetric().getName()).isEqualTo(Configuration.LAG_METRIC);
    assertThat(adapter)
        .contains("seriesQuery=" + Configuration.LAG_METRIC + "{")
        .contains("as=" + Configuration.LAG_METRIC + "}");
  }

  @Test
  void shouldSetOnlyWhatThereIs_whenItConfiguresTheOrchestrator() {
    Stream<String> inPod =
        Manifests.container(manifests.deployment(ORCHESTRATOR)).getEnv().stream()
            .map(variable -> variable.getName());

    assertThat(
            Stream.concat(inPod, manifests.configuration(ORCHESTRATOR).keySet().stream())
                .filter(name -> name.startsWith("SKALD_")))
        .isNotEmpty()
        .isSubsetOf(Configuration.variables(SkaldConfig.class));
  }
}
