package io.skald.shop.faults;

import io.quarkus.arc.All;
import io.skald.participant.CommandContext;
import io.skald.participant.CommandFilter;
import io.skald.participant.Disposition;
import io.skald.participant.ParticipantService;
import io.skald.participant.TransientFailure;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import io.skald.shop.hosting.Hosting;
import io.skald.shop.hosting.Service;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the faults that are switched on, before a command reaches its participant. */
@Singleton
final class Faults implements CommandFilter {

  private final Map<Service, FaultSettings> configured = new EnumMap<>(Service.class);
  private final Map<Service, FaultSettings> current = new ConcurrentHashMap<>();
  private final Map<MessageType, Service> participants = new HashMap<>();

  Faults(FaultsConfig config, Hosting hosting, @All List<ParticipantService> services) {
    configured.put(Service.ORDER, FaultSettings.of(config.order()));
    configured.put(Service.PAYMENT, FaultSettings.of(config.payment()));
    configured.put(Service.INVENTORY, FaultSettings.of(config.inventory()));
    configured.put(Service.SHIPPING, FaultSettings.of(config.shipping()));
    configured.keySet().removeIf(service -> !hosting.hosts(service));
    current.putAll(configured);
    for (ParticipantService service : services) {
      Service name = Service.valueOf(service.participant().name().toUpperCase(Locale.ROOT));
      service.commands().forEach(command -> participants.put(command, name));
    }
  }

  Map<Service, FaultSettings> current() {
    return new EnumMap<>(current);
  }

  /** Returns whether {@code service} is a participant that this process hosts. */
  boolean set(Service service, FaultSettings settings) {
    return current.replace(service, settings) != null;
  }

  /** Back to the configuration. */
  void reset() {
    current.putAll(configured);
  }

  @Override
  public Disposition before(CommandContext context) throws InterruptedException {
    Service participant = participants.get(context.messageType());
    return participant == null ? Disposition.PROCEED : before(context, settingsOf(participant));
  }

  private FaultSettings settingsOf(Service participant) {
    return current.getOrDefault(participant, new FaultSettings(0, 0, Duration.ZERO, false));
  }

  private static Disposition before(CommandContext context, FaultSettings faults)
      throws InterruptedException {
    if (!faults.delay().isZero()) {
      Thread.sleep(faults.delay());
    }
    boolean action = context.phase() == Phase.ACTION;
    if (action && faults.silent()) {
      return Disposition.SWALLOW;
    }
    if (action && context.attempt() <= faults.failFirst()) {
      throw new TransientFailure(
          "FAULT_FAIL_FIRST", "The first " + faults.failFirst() + " attempts fail on purpose");
    }
    if (ThreadLocalRandom.current().nextDouble() < faults.failureRate()) {
      throw new TransientFailure("FAULT_FAILURE_RATE", "Failed on purpose");
    }
    return Disposition.PROCEED;
  }
}
