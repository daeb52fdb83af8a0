package io.skald.distribution;

import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The Kubernetes manifests, as objects of the API. Everything in those may be missing: a test that
 * needs it then fails, as it should.
 */
@NullUnmarked
final class Manifests {

  /** What is read by other programs than the API server. */
  static final List<String> NOT_FOR_THE_SERVER =
      List.of("kustomization.yaml", "prometheus-adapter.yaml");

  private static final Map<String, Schema<?>> SCHEMAS =
      Map.of(
          "v1/ConfigMap",
          new Schema<>(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
          "v1/Namespace",
          new Schema<>(V1Namespace.class, V1Namespace::validateJsonElement),
          "v1/Service",
          new Schema<>(V1Service.class, V1Service::validateJsonElement),
          "apps/v1/Deployment",
          new Schema<>(V1Deployment.class, V1Deployment::validateJsonElement),
          "autoscaling/v2/HorizontalPodAutoscaler",
          new Schema<>(
              V2HorizontalPodAutoscaler.class, V2HorizontalPodAutoscaler::validateJsonElement),
          "networking.k8s.io/v1/NetworkPolicy",
          new Schema<>(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
          "policy/v1/PodDisruptionBudget",
          new Schema<>(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement));

  private final List<Object> objects;

  private Manifests(List<Object> objects) {
    this.objects = objects;
  }

  /**
   * Reads all of a directory, each document by the schema of its kind.
   *
   * @throws IllegalArgumentException when a field is unknown, missing or of another type
   */
  static Manifests in(Path directory) throws IOException {
    List<Object> objects = new ArrayList<>();
    for (String file : files(directory)) {
      for (Object document : documents(directory.resolve(file))) {
        objects.add(checked(file, JSON.getGson().toJsonTree(document)));
      }
    }
    return new Manifests(objects);
  }

  /** The manifests that the API server is given. */
  static List<String> files(Path directory) throws IOException {
    try (var all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString())
          .filter(file -> !NOT_FOR_THE_SERVER.contains(file))
          .sorted()
          .toList();
    }
  }

  /** The documents of a YAML file, as maps and lists. */
  static List<Object> documents(Path file) throws IOException {
    List<Object> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(Files.readString(file))
        .forEach(documents::add);
    return documents;
  }

  static Object checked(String file, JsonElement json) {
    String kind =
        json.getAsJsonObject().get("apiVersion").getAsString()
            + "/"
            + json.getAsJsonObject().get("kind").getAsString();
    Schema<?> schema = SCHEMAS.get(kind);
    if (schema == null) {
      throw new IllegalArgumentException(file + ": no schema for a " + kind);
    }
    try {
      return schema.read(json);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file + ", " + kind + ": " + e.getMessage(), e);
    }
  }

  <T> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The deployment of that name. */
  V1Deployment deployment(String name) {
    return all(V1Deployment.class).stream()
        .filter(deployment -> name.equals(deployment.getMetadata().getName()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No deployment " + name));
  }

  /** The data of the config map of that name. */
  Map<String, String> configuration(String name) {
    return all(V1ConfigMap.class).stream()
        .filter(map -> name.equals(map.getMetadata().getName()))
        .findFirst()
        .map(V1ConfigMap::getData)
        .orElseThrow(() -> new IllegalArgumentException("No config map " + name));
  }

  static V1PodSpec pod(V1Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  /** The only container of a deployment's pods. */
  static V1Container container(V1Deployment deployment) {
    List<V1Container> containers = pod(deployment).getContainers();
    if (containers.size() != 1) {
      throw new IllegalArgumentException("Expected one container, but got " + containers.size());
    }
    return containers.getFirst();
  }

  /**
   * What a deployment's container is asked while it starts, before it gets calls, and while it
   * runs.
   */
  List<V1HTTPGetAction> probes(String deployment) {
    V1Container container = container(deployment(deployment));
    return Stream.of(
            container.getStartupProbe(),
            container.getReadinessProbe(),
            container.getLivenessProbe())
        .map(V1Probe::getHttpGet)
        .toList();
  }

  /** Refuses what the API does not know: the server would drop it, or say no. */
  private record Schema<T>(Class<T> type, Check check) {

    T read(JsonElement json) throws IOException {
      check.check(json);
      return JSON.getGson().fromJson(json, type);
    }
  }

  private interface Check {
    void check(JsonElement json) throws IOException;
  }
}
