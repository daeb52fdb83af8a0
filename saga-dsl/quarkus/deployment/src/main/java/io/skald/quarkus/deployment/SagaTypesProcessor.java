package io.skald.quarkus.deployment;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import org.jboss.jandex.ClassType;

/**
 * Registers for reflection what only JSON sees of sagas and participants, so that a native
 * executable reads and writes it without metadata of the user's own. On the JVM it changes nothing.
 */
final class SagaTypesProcessor {

  @BuildStep
  FeatureBuildItem feature() {
    return new FeatureBuildItem("skald");
  }

  @BuildStep
  void registerTypes(
      CombinedIndexBuildItem index, BuildProducer<ReflectiveHierarchyBuildItem> hierarchies) {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    SagaTypes.of(index.getComputingIndex(), application::getResourceAsStream)
        .forEach(
            (type, reason) ->
                hierarchies.produce(
                    ReflectiveHierarchyBuildItem.builder(ClassType.create(type))
                        .index(index.getComputingIndex())
                        .source("Skald: " + reason)
                        .build()));
  }
}
