package io.skald.orchestrator.journal;

import io.skald.standalone.PostgresNode;
import io.skald.standalone.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL server with Skald's tables, for the tests of one class. */
public final class Database implements AutoCloseable {

  private static final String NAME = "skald";

  private final PostgresNode node;
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

  private Database(PostgresNode node) {
    this.node = node;
    dataSource.setUrl(node.jdbcUrl(NAME));
    dataSource.setUser(node.username());
    dataSource.setPassword(node.password());
  }

  public static Database start(Path directory) {
    Database database = new Database(PostgresNode.start(PostgresOptions.in(directory)));
    database.node.createDatabase(NAME);
    Flyway.configure().dataSource(database.dataSource).load().migrate();
    return database;
  }

  public String url() {
    return node.jdbcUrl(NAME);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** Empties the tables and makes shards anew. */
  public void clear(int shards) {
    execute("truncate shard, saga, saga_ended, journal, definition");
    new Housekeeping(dataSource).prepareShards(shards);
  }

  public void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column. */
  public List<String> query(String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
