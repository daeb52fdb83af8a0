package io.skald.orchestrator.versions;

import io.skald.machine.SagaStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database says of versions and of the sagas that are live on them. Reads only, as of one
 * moment, and lets PostgreSQL count: it takes the same memory for ten sagas and for ten million.
 * The right to read tables {@code saga} and {@code definition} is enough.
 */
record LiveSagas(List<StoredStructure> structures, List<LiveGroup> groups) {

  /**
   * A reply may hold a character that PostgreSQL's JSON refuses; what it says is of no interest
   * here. A saga is at the steps and blocks that it waits for and the one that it stopped at; else
   * at the one that came last. Behind a '/' stands the item that a step is done for.
   */
  private static final String GROUPS =
      """
      select definition, version, status,
          coalesce(state -> 'interrupted' ->> 'status', status) as direction,
          coalesce(
              (select string_agg(name, ',' order by place)
                  from (
                      select split_part(part ->> 'name', '/', 1) as name, min(place) as place
                      from (
                          select part, place from json_array_elements(state -> 'steps')
                              with ordinality as step (part, place)
                          union all
                          select part, place from json_array_elements(state -> 'blocks')
                              with ordinality as block (part, place)) as part
                      where part -> 'action' ->> 'is' in ('AwaitingReply', 'AwaitingRetry')
                          or part -> 'compensation' ->> 'is' in ('AwaitingReply', 'AwaitingRetry')
                          or part ->> 'is' = 'Waiting'
                              and coalesce(state -> 'interrupted' ->> 'status', status) = 'RUNNING'
                          or part ->> 'name' = state ->> 'step' and status = 'PARKED'
                      group by 1) as waiting),
              split_part(state ->> 'step', '/', 1),
              split_part(state -> 'steps' -> -1 ->> 'name', '/', 1),
              '') as at_steps,
          count(*)
      from (
          select definition, version, status, replace(state, '\\u0000', '\\u0020')::json as state
          from saga offset 0) as live
      group by definition, version, status, direction, at_steps
      order by definition, version, status, direction, at_steps
      """;

  LiveSagas {
    structures = List.copyOf(structures);
    groups = List.copyOf(groups);
  }

  /**
   * @throws SQLException when the database can't be read
   */
  static LiveSagas read(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read");
      statement.execute("set local statement_timeout = 0");
      return new LiveSagas(structures(statement), groups(statement));
    } finally {
      connection.rollback();
    }
  }

  private static List<StoredStructure> structures(Statement statement) throws SQLException {
    List<StoredStructure> structures = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "select name, version, fingerprint, structure from definition order by 1, 2")) {
      while (row.next()) {
        structures.add(
            new StoredStructure(
                row.getString(1), row.getInt(2), row.getString(3), row.getString(4)));
      }
    }
    return structures;
  }

  private static List<LiveGroup> groups(Statement statement) throws SQLException {
    List<LiveGroup> groups = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(GROUPS)) {
      while (row.next()) {
        String at = row.getString(5);
        groups.add(
            new LiveGroup(
                row.getString(1),
                row.getInt(2),
                SagaStatus.valueOf(row.getString(3)),
                SagaStatus.valueOf(row.getString(4)),
                at.isEmpty() ? List.of() : List.of(at.split(",")),
                row.getLong(6)));
      }
    }
    return groups;
  }
}
