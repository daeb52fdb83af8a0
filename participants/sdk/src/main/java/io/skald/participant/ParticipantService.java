package io.skald.participant;

import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A participant: its name and what it does for each command. Immutable; make one bean for each.
 *
 * <pre>{@code
 * @Produces
 * @Singleton
 * ParticipantService payment() {
 *   return ParticipantService.named("payment")
 *       .action(ProcessPayment.class, this::process)
 *       .compensation(RefundPayment.class, this::refund)
 *       .build();
 * }
 *
 * @Incoming("payment-commands")
 * @Blocking
 * void on(ConsumerRecords<String, byte[]> batch) {
 *   worker.handle(batch);
 * }
 * }</pre>
 *
 * <p>Handlers are picked by the command's name and version on the wire ({@link
 * MessageType#of(Class)}), never by a Java name. A participant may serve several versions of one
 * command at a time; a version without a handler goes, by way of {@link
 * io.skald.saga.message.Upcaster}s, to the nearest later one that has one.
 */
public final class ParticipantService {

  private final Participant participant;
  private final Map<Request, Registration<?, ?>> registrations;

  private ParticipantService(
      Participant participant, Map<Request, Registration<?, ?>> registrations) {
    this.participant = participant;
    this.registrations = Map.copyOf(registrations);
  }

  /** Begins a participant; {@code name} gives its topics, its consumer group and its schema. */
  public static Builder named(String name) {
    return new Builder(Participant.named(name));
  }

  public Participant participant() {
    return participant;
  }

  /** The commands that it knows. */
  public Set<MessageType> commands() {
    return registrations.keySet().stream()
        .map(Request::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  Optional<Registration<?, ?>> registration(MessageType type, Phase phase) {
    return Optional.ofNullable(registrations.get(new Request(type, phase)));
  }

  /** The versions of a command that there are handlers for, the oldest first. */
  List<MessageType> versions(String name, Phase phase) {
    return registrations.keySet().stream()
        .filter(known -> known.phase() == phase && known.type().name().equals(name))
        .map(Request::type)
        .sorted(Comparator.comparingInt(MessageType::version))
        .toList();
  }

  @Override
  public String toString() {
    return participant.name();
  }

  private record Request(MessageType type, Phase phase) {}

  /** One command, the direction that it works in, and its handler. */
  record Registration<C extends Command<R>, R>(
      Class<C> type, Phase phase, CommandHandler<C, R> handler) {}

  /** Collects handlers; {@link #build()} checks them all at once. */
  public static final class Builder {

    private final Participant participant;
    private final Map<Request, Registration<?, ?>> registrations = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    private Builder(Participant participant) {
      this.participant = participant;
    }

    /** Does {@code handler} when a command of this class comes for a step's action. */
    public <R, C extends Command<R>> Builder action(
        Class<C> command, CommandHandler<C, R> handler) {
      return add(new Registration<>(command, Phase.ACTION, handler));
    }

    /** Does {@code handler} when a command of this class comes to undo a step. */
    public <R, C extends Command<R>> Builder compensation(
        Class<C> command, CommandHandler<C, R> handler) {
      return add(new Registration<>(command, Phase.COMPENSATION, handler));
    }

    /**
     * The participant.
     *
     * @throws IllegalArgumentException when two handlers claim the same command and direction, or
     *     there is none
     */
    public ParticipantService build() {
      if (registrations.isEmpty()) {
        faults.add("it has no handler; add one with action(...)");
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(
            "Participant '" + participant + "': " + String.join("; ", faults));
      }
      return new ParticipantService(participant, registrations);
    }

    private Builder add(Registration<?, ?> registration) {
      Objects.requireNonNull(registration.type(), "command");
      Objects.requireNonNull(registration.handler(), "handler");
      MessageType type = MessageType.of(registration.type());
      Registration<?, ?> other =
          registrations.putIfAbsent(new Request(type, registration.phase()), registration);
      if (other != null) {
        faults.add(
            "two handlers for "
                + registration.phase().wireName()
                + " '"
                + type
                + "', "
                + other.type().getName()
                + " and "
                + registration.type().getName()
                + "; give one of them another name or version with @Message");
      }
      return this;
    }
  }
}
