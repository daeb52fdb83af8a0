package io.skald.checker.real;

import io.skald.checker.Effect;
import io.skald.checker.FenceRow;
import io.skald.checker.FenceState;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of a participant's fence.
 *
 * @param createdAt when the step was first met
 * @param updatedAt when it was compensated, if it was
 */
record Fenced(FenceRow row, Instant createdAt, Instant updatedAt) {

  static List<Fenced> read(Connection connection, Participant participant, String schema)
      throws SQLException {
    String sql =
        """
        select saga_id, step, item, state, created_at, updated_at from "%s".fence
        order by created_at
        """
            .formatted(schema);
    return Query.list(
        connection,
        sql,
        row ->
            new Fenced(
                new FenceRow(
                    new SagaId(row.getObject("saga_id", UUID.class)),
                    participant,
                    new StepName(row.getString("step"), row.getString("item")),
                    FenceState.valueOf(row.getString("state"))),
                Query.instant(row, "created_at"),
                Query.instant(row, "updated_at")));
  }

  /** What the fence says that was done and undone, for a participant that keeps no books. */
  static List<Effect> effects(List<Fenced> fences) {
    List<Effect> effects = new ArrayList<>();
    for (Fenced fence : fences) {
      FenceState state = fence.row().state();
      if (state == FenceState.DONE || state == FenceState.COMPENSATED) {
        effects.add(fence.effect(Phase.ACTION, effects.size(), fence.createdAt()));
      }
      if (state == FenceState.COMPENSATED) {
        effects.add(fence.effect(Phase.COMPENSATION, effects.size(), fence.updatedAt()));
      }
    }
    return effects;
  }

  private Effect effect(Phase phase, long order, Instant at) {
    return new Effect(
        row.saga(), row.participant(), row.step(), Optional.empty(), phase, order, at);
  }
}
