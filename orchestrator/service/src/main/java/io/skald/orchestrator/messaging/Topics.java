package io.skald.orchestrator.messaging;

import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StartEvent;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** The topics that an orchestrator needs: made at start where they are missing, and checked. */
public final class Topics {

  private static final Logger LOG = Logger.getLogger(Topics.class);
  private static final int LONGEST_REQUEST_MS = 30_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Map<String, Object> common;
  private final SkaldConfig config;
  private final Definitions definitions;

  public Topics(Map<String, Object> common, SkaldConfig config, Definitions definitions) {
    this.common = common;
    this.config = config;
    this.definitions = definitions;
  }

  /**
   * Makes what is missing and checks what is there.
   *
   * @return how many partitions each input topic has
   * @throws IllegalStateException when Kafka does not answer, or a topic has the wrong number of
   *     partitions; says which and what to do
   */
  public Map<String, Integer> prepare() {
    Map<String, Object> configuration = new HashMap<>(common);
    int patience = Math.toIntExact(timeout());
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    configuration.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(patience, LONGEST_REQUEST_MS));
    try (Admin admin = Admin.create(configuration)) {
      if (config.topics().create()) {
        create(admin, all());
      }
      awaitTopics(admin, inputs());
      return checked(partitionCounts(admin, inputs()));
    }
  }

  private Set<String> inputs() {
    Set<String> topics = new TreeSet<>();
    topics.add(config.topics().requests());
    definitions.all().stream()
        .flatMap(definition -> definition.inputTopics().stream())
        .forEach(topic -> topics.add(topic.name()));
    return topics;
  }

  private Set<String> all() {
    Set<String> topics = new TreeSet<>(inputs());
    inputs().forEach(topic -> topics.add(new Topic(topic).deadLetters().name()));
    topics.add(config.topics().events());
    for (SagaDefinition<?> definition : definitions.all()) {
      for (StepDefinition<?> step : definition.steps()) {
        topics.add(step.participant().commands().name());
        topics.add(step.participant().commands().deadLetters().name());
      }
    }
    return topics;
  }

  private void create(Admin admin, Set<String> wanted) {
    Set<String> existing = existing(admin);
    List<NewTopic> missing = new ArrayList<>();
    for (String topic : wanted) {
      if (!existing.contains(topic)) {
        missing.add(
            new NewTopic(
                topic, Optional.of(config.shards().count()), config.topics().replicationFactor()));
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    LOG.infof("Creating topics %s", missing.stream().map(NewTopic::name).toList());
    for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
      await("create topics", () -> isCreated(created));
    }
  }

  private Set<String> existing(Admin admin) {
    return await(
        "list its topics", () -> admin.listTopics().names().get(timeout(), TimeUnit.MILLISECONDS));
  }

  /** Not every broker knows at once of a topic that was just made. */
  private void awaitTopics(Admin admin, Set<String> topics) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout());
    Set<String> missing = missing(admin, topics);
    while (!missing.isEmpty() && config.topics().create() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      missing = missing(admin, topics);
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Expected topics "
              + missing
              + " to exist, but they do not. Create them with "
              + config.shards().count()
              + " partitions each, or set skald.topics.create to true");
    }
  }

  private Set<String> missing(Admin admin, Set<String> topics) {
    Set<String> missing = new TreeSet<>(topics);
    missing.removeAll(existing(admin));
    return missing;
  }

  private boolean isCreated(KafkaFuture<Void> created)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      created.get(timeout(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false; // Another orchestrator was quicker.
      }
      throw e;
    }
  }

  private Map<String, Integer> partitionCounts(Admin admin, Collection<String> topics) {
    Map<String, TopicDescription> described =
        await(
            "describe topics " + topics,
            () ->
                admin.describeTopics(topics).allTopicNames().get(timeout(), TimeUnit.MILLISECONDS));
    Map<String, Integer> counts = new TreeMap<>();
    described.forEach((topic, description) -> counts.put(topic, description.partitions().size()));
    return counts;
  }

  /** A topic that only starts sagas may have any number of partitions: starts are forwarded. */
  private Map<String, Integer> checked(Map<String, Integer> counts) {
    int shards = config.shards().count();
    Set<String> onlyStarts = new TreeSet<>();
    for (SagaDefinition<?> definition : definitions.all()) {
      for (StartEvent<?, ?> start : definition.startEvents()) {
        onlyStarts.add(start.topic().name());
      }
    }
    List<String> faults = new ArrayList<>();
    counts.forEach(
        (topic, count) -> {
          if (count != shards && !onlyStarts.contains(topic)) {
            faults.add(
                "Topic '"
                    + topic
                    + "' has "
                    + count
                    + " partitions, but skald.shards.count is "
                    + shards
                    + "; every input topic must have as many partitions as there are"
                    + " shards. Recreate the topic, or set skald.shards.count if no saga has"
                    + " started yet");
          }
        });
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), faults));
    }
    return counts;
  }

  private long timeout() {
    return config.topics().startTimeout().toMillis();
  }

  private interface Call<T> {
    T call() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private static <T> T await(String what, Call<T> call) {
    try {
      return call.call();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "Expected Kafka to "
              + what
              + ", but it did not; check kafka.bootstrap.servers and that the broker is up",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Kafka", e);
    }
  }
}
