package io.skald.checker.real;

import io.skald.checker.Effect;
import io.skald.checker.History;
import io.skald.checker.SagaHistory;
import io.skald.checker.Shard;
import io.skald.checker.Snapshot;
import io.skald.checker.wire.Hops;
import io.skald.checker.wire.Layout;
import io.skald.checker.wire.Wire;
import io.skald.saga.message.Participant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the history of an installation that has come to rest: the orchestrator's tables, all topics
 * from their beginning, every participant's fence and books. Reads only, and may be repeated.
 *
 * <p>The books are those of the shop. Of a participant that keeps none only the fence is asked, so
 * that there is nothing to compare it with. Topics must still hold all that was ever on them, no
 * participant may have swallowed a command on purpose, and no day of the journal may have been
 * archived: otherwise messages are missed that nobody has lost.
 */
public final class LiveHistory {

  private LiveHistory() {}

  /**
   * Gathers all but what only the caller knows: the client's starts, earlier snapshots and the
   * twin's completions, which are to be added.
   *
   * @throws SQLException when a database can't be read
   * @throws IllegalStateException when a topic's last records can't be read
   */
  public static History.Builder read(Installation installation) throws SQLException {
    Tables tables = Query.inSnapshot(installation.orchestrator(), Tables::read);
    Layout layout = Deployed.layout(tables.definitions(), tables.shards().size());
    Wire wire = Wire.of(layout, Topics.read(installation.bootstrapServers(), layout));
    History.Builder history =
        History.builder()
            .definitions(tables.definitions().stream().map(Deployed::shape).toList())
            .sagas(tables.sagas())
            .shards(tables.shards())
            .commands(wire.commands())
            .hops(new Hops(wire, tables.sagas()).count())
            .snapshots(snapshots(installation));
    for (Participant participant : layout.participants()) {
      Database database = installation.participants().get(participant.name());
      if (database == null) {
        history.unseen(participant);
      } else {
        Done done =
            Query.inSnapshot(database, connection -> Done.read(connection, participant, database));
        history.fences(done.fences().stream().map(Fenced::row).toList()).effects(done.effects());
      }
    }
    return history;
  }

  /**
   * How much there is of what the participants must conserve. May be called while the installation
   * runs, at any time and as often as the caller likes; each call also says what there was at the
   * beginning.
   *
   * @throws SQLException when a database can't be read
   */
  public static List<Snapshot> snapshots(Installation installation) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Map.Entry<String, Database> entry : installation.participants().entrySet()) {
      Optional<Books> books = Books.of(Participant.named(entry.getKey()));
      if (books.isPresent()) {
        snapshots.addAll(
            Query.inSnapshot(
                entry.getValue(), connection -> books.get().snapshots(connection, Instant.now())));
      }
    }
    return snapshots;
  }

  private record Tables(List<Deployed> definitions, List<SagaHistory> sagas, List<Shard> shards) {

    static Tables read(Connection connection) throws SQLException {
      return new Tables(
          Deployed.read(connection), SagaTables.sagas(connection), SagaTables.shards(connection));
    }
  }

  private record Done(List<Fenced> fences, List<Effect> effects) {

    static Done read(Connection connection, Participant participant, Database database)
        throws SQLException {
      List<Fenced> fences =
          Fenced.read(connection, participant, database.schema().orElse(participant.name()));
      Optional<Books> books = Books.of(participant);
      return new Done(
          fences, books.isPresent() ? books.get().effects(connection) : Fenced.effects(fences));
    }
  }
}
