package io.skald.simulation;

import java.util.Locale;

/** What can go wrong in a run. Its name in lower case, with hyphens, is its name for people. */
enum Fault {
  // Kafka, record by record.
  COMMAND_LOST(0.15),
  REPLY_LOST(0.15),
  RECORD_TWICE(0.3),
  RECORD_LATE(0.1),
  SEND_UNACKNOWLEDGED(0.05),
  SEND_FAILED(0.05),
  PARTITIONER_OF_ANOTHER_CLIENT(0.3),
  RECORD_CORRUPT(0.05),
  READ_AGAIN(0.1),
  // The orchestrator's database, transaction by transaction.
  COMMIT_REFUSED(0.1),
  COMMIT_UNKNOWN(0.1),
  STORE_READ_FAILED(0.05),
  // Orchestrators, at each of their durable boundaries.
  CRASH_BEFORE_COMMIT(0.04),
  CRASH_AFTER_COMMIT(0.04),
  CRASH_BETWEEN_SENDS(0.02),
  CRASH_WHILE_CLAIMING(0.05),
  SUSPENDED_BEFORE_COMMIT(0.03),
  SUSPENDED_AFTER_COMMIT(0.03),
  SUSPENDED_WHILE_READING(0.02),
  ACKNOWLEDGED_MEANWHILE(0.2),
  // Participants, command by command.
  HANDLER_FAILED(0.2),
  HANDLER_DEADLOCK(0.1),
  COMPENSATION_REFUSED(0.5),
  PARTICIPANT_CRASH_BEFORE_COMMIT(0.05),
  PARTICIPANT_CRASH_AFTER_COMMIT(0.05),
  PARTICIPANT_CRASH_AFTER_REPLY(0.05),
  PARTICIPANT_COMMIT_REFUSED(0.05),
  PARTICIPANT_COMMIT_UNKNOWN(0.05),
  PARTICIPANT_SUSPENDED(0.03),
  // Now and then.
  REBALANCE(6),
  SHARD_OWNED_TWICE(4),
  NODE_KILLED(4),
  NODE_SUSPENDED(3),
  NODE_RESTARTED(3),
  KAFKA_AWAY(2),
  KAFKA_AWAY_FOR_AN_HOUR(1),
  DATABASE_AWAY(2),
  PARTICIPANT_REBALANCE(4),
  PARTITION_OWNED_TWICE(3),
  PARTICIPANT_KILLED(3),
  PARTICIPANT_SLOW(2),
  PARTICIPANT_DOWN_FOR_A_DAY(1),
  PARTICIPANT_FROM_OLD_BACKUP(1),
  TOPIC_LOST(1),
  CLOCK_JUMPED(2),
  CLOCKS_APART(1),
  DEFINITION_MISSING(1),
  DEFINITION_DEFECT(2),
  VERSION_DEPLOYED(1),
  OPERATOR_CANCELS(4),
  OPERATOR_CANCELS_AT_LAST_REPLY(0.1),
  OPERATOR_RETRIES_TWICE(3),
  OPERATOR_ABORTS(1),
  STARTED_AGAIN(4),
  OPERATOR_HURRIES(4),
  OPERATOR_SKIPS(4);

  /** At full intensity: how probable each time it could strike, or how often in a run. */
  final double most;

  Fault(double most) {
    this.most = most;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
