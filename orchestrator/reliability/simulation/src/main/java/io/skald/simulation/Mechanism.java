package io.skald.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What keeps the laws. Each can be taken out, to see that the checker would notice. */
public enum Mechanism {
  /** A participant remembers what it has done. */
  INBOX,
  /** All attempts of a step's phase carry one key. */
  SAME_KEY,
  /** The memory lasts at least as long as anything can be sent again. */
  INBOX_RETENTION,
  /** Action and compensation of a step are told apart. */
  SEPARATE_KEYS,
  /** A step of which nobody knows whether it happened is compensated. */
  UNKNOWN_COMPENSATED,
  /** A reply to an action that comes after the saga turned back changes nothing. */
  LATE_REPLY_PHASE,
  /** A reply says which phase it answers. */
  REPLY_PHASE,
  /** A compensation that went wrong is tried again. */
  COMPENSATION_RETRIED,
  /** A refusal is remembered. */
  REFUSAL_RECORDED,
  /** A compensation that comes first keeps its action out. */
  TOMBSTONE,
  /** A shard has one writer at a time. */
  SINGLE_WRITER,
  /** Wake-up times are in the database. */
  DURABLE_TIMERS,
  /** A new owner raises the epoch. */
  EPOCH,
  /** What lies above the watermark is published again. */
  WATERMARK,
  /** Offsets move with the states, in one transaction. */
  OFFSETS_IN_TRANSACTION,
  /** A timeout begins when its command is published. */
  PUBLISH_STARTED_TIMEOUTS,
  /** An input that changes nothing is journaled too. */
  IGNORED_JOURNALED,
  /** A command that comes again is answered again. */
  REPEATS_ANSWERED,
  /** A participant's offsets move when its replies are known to have arrived. */
  REPLIES_AWAITED,
  /** What stands in a shard where it does not belong is passed on. */
  FORWARDED,
  /** What follows a parallel block waits for all of its branches. */
  JOIN_WAITS,
  /** When a branch fails, what is under way in the others settles before anything is undone. */
  SIBLINGS_SETTLE,
  /** All branches of a parallel block are undone, not only the one that failed. */
  BRANCHES_COMPENSATED,
  /** A saga goes back the way it came, whatever its data would say now. */
  WAY_REMEMBERED,
  /** The items of a forEach stay those that were taken. */
  ITEMS_REMEMBERED,
  /** Each item has idempotency keys of its own. */
  ITEM_IN_KEY,
  /** No more items are under way at once than the definition says. */
  AT_ONCE,
  /** A signal that comes before it is awaited is kept. */
  EARLY_SIGNAL_KEPT,
  /** A saga that is parked keeps the signals that come. */
  SIGNAL_KEPT_WHILE_PARKED,
  /** A signal is taken once. */
  SIGNAL_ONCE,
  /** What was done because a signal came too late is undone. */
  LATE_WAY_COMPENSATED,
  /** The ends of waits are in the database. */
  DURABLE_WAITS,
  /** The reply that an operator gives for a step takes the place of the participant's. */
  SKIP_KEEPS_REPLY,
  /** A start looks who is there, where one saga of a key is under way at a time. */
  ONE_AT_A_TIME,
  /** It looks, too, at who has begun in the same batch. */
  BATCH_LOOKED_AT,
  /** When a saga ends, one that waits behind it has its turn. */
  TURN_GIVEN,
  /** It is the one that has waited longest. */
  TURNS_IN_ORDER,
  /** A saga that is a step of one that may turn back waits for what becomes of it. */
  CHILD_HELD,
  /** A saga that waits for its parent is told of its end. */
  CHILD_RELEASED,
  /** A child that is under way is turned back with its parent. */
  CHILD_UNDONE,
  /** A child that has yet to begin when it is to be undone never does. */
  CHILD_TOMBSTONE;

  /** Its name for people: lower case, with hyphens. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of this name; empty when there is none. */
  public static Optional<Mechanism> named(String title) {
    return Arrays.stream(values()).filter(mechanism -> mechanism.title().equals(title)).findFirst();
  }
}
