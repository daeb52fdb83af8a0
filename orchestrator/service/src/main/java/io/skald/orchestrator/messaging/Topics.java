package io.skald.orchestrator.messaging;

import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StartEvent;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
   * What came of it.
   *
   * @param inputs how many partitions each input topic has that there is
   * @param faults why sagas must not be run on these topics: which, and what to do
   */
  public record Prepared(Map<String, Integer> inputs, List<String> faults) {

    public Prepared {
      inputs = Map.copyOf(inputs);
      faults = List.copyOf(faults);
    }
  }

  /** Makes what is missing, if it may, and checks what is there, as far as Kafka answers. */
  public Prepared prepare() {
    return look(config.topics().create());
  }

  /** Checks what is there and makes nothing: for a process that will not start anyway. */
  public Prepared inspect() {
    return look(false);
  }

  private Prepared look(boolean create) {
    Map<String, Object> configuration = new HashMap<>(common);
    int patience = Math.toIntExact(timeout());
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    configuration.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(patience, LONGEST_REQUEST_MS));
    try (Admin admin = Admin.create(configuration)) {
      if (create) {
        create(admin, all());
      }
      Set<String> missing = awaitTopics(admin, all(), create);
      List<String> faults = new ArrayList<>();
      if (create || !config.topics().create()) {
        faults.addAll(missingFaults(missing));
      }
      Set<String> there = inputs();
      there.removeAll(missing);
      Map<String, Integer> counts = partitionCounts(admin, there);
      faults.addAll(countFaults(counts));
      return new Prepared(counts, faults);
    } catch (NoAnswerException silent) {
      LOG.error("Kafka did not answer", silent);
      return new Prepared(Map.of(), List.of(String.valueOf(silent.getMessage())));
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
    byParticipant().keySet().forEach(participant -> topics.addAll(topicsOf(participant)));
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

  /** Those that there are not. Not every broker knows at once of a topic that was just made. */
  private Set<String> awaitTopics(Admin admin, Set<String> topics, boolean created) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout());
    Set<String> missing = missing(admin, topics);
    while (!missing.isEmpty() && created && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      missing = missing(admin, topics);
    }
    return missing;
  }

  /** A participant without topics is one that nobody has set up, or a name that is misspelt. */
  private List<String> missingFaults(Set<String> missing) {
    List<String> faults = new ArrayList<>();
    Set<String> rest = new TreeSet<>(missing);
    byParticipant()
        .forEach(
            (participant, steps) -> {
              Set<String> own = new TreeSet<>(topicsOf(participant));
              own.retainAll(missing);
              if (!own.isEmpty()) {
                rest.removeAll(own);
                faults.add(
                    "Participant '"
                        + participant
                        + "' is not known: its topics "
                        + own
                        + " do not exist. "
                        + steps
                        + " need it. Mend its name, or "
                        + toCreate());
              }
            });
    if (!rest.isEmpty()) {
      faults.add("Expected topics " + rest + " to exist, but they do not. " + capital(toCreate()));
    }
    return faults;
  }

  private String toCreate() {
    return "create the topics with "
        + config.shards().count()
        + " partitions each, or set skald.topics.create to true";
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** The participants, each with the steps that need it. */
  private Map<Participant, Set<String>> byParticipant() {
    Map<Participant, Set<String>> steps = new TreeMap<>(Comparator.comparing(Participant::name));
    for (SagaDefinition<?> definition : definitions.all()) {
      for (StepDefinition<?> step : definition.steps()) {
        if (step.child().isPresent()) {
          continue; // It is run here, and asked on the request topic.
        }
        steps
            .computeIfAbsent(step.participant(), participant -> new TreeSet<>())
            .add(definition + " step '" + step.name() + "'");
      }
    }
    return steps;
  }

  private static Set<String> topicsOf(Participant participant) {
    return Set.of(
        participant.commands().name(),
        participant.commands().deadLetters().name(),
        participant.events().name(),
        participant.events().deadLetters().name());
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
  private List<String> countFaults(Map<String, Integer> counts) {
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
    return faults;
  }

  private long timeout() {
    return config.topics().startTimeout().toMillis();
  }

  private static final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, Exception cause) {
      super(message, cause);
    }
  }

  private interface Call<T> {
    T call() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private static <T> T await(String what, Call<T> call) {
    try {
      return call.call();
    } catch (ExecutionException | TimeoutException e) {
      throw new NoAnswerException(
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
