package io.skald.benchmark.queueing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DocumentTest {

  private static final Path PAGE = Path.of("../../../docs/scaling.md");
  private static final String[] ARITHMETIC = {"figures", "needs", "deployments", "volumes"};

  private static Table table(Object... cells) {
    Table table = new Table("a", "b");
    table.row(cells);
    return table;
  }

  @Test
  void shouldReplaceOneTable_whenThePageHasSeveral() {
    String page =
        """
        <!-- table: one -->
        old
        <!-- end -->
        between
        <!-- table: two -->
        kept
        <!-- end -->
        """;

    assertThat(Document.with(page, "one", table("x", 1234.6)))
        .isEqualTo(
            """
            <!-- table: one -->

            | a | b |
            | --- | ---: |
            | x | 1,235 |

            <!-- end -->
            between
            <!-- table: two -->
            kept
            <!-- end -->
            """);
  }

  @Test
  void shouldSayWhichPlaceIsMissing_whenThePageHasNone() {
    assertThatThrownBy(() -> Document.with("nothing", "one", table("x", 1.0)))
        .hasMessageContaining("'one'");
  }

  @Test
  void shouldGiveDigitsThatMeanSomething_whenNumbersAreWritten() {
    assertThat(Table.number(0.0854)).isEqualTo("0.085");
    assertThat(Table.number(9.555)).isEqualTo("9.56");
    assertThat(Table.number(55.55)).isEqualTo("55.6");
    assertThat(Table.number(1_234_567.8)).isEqualTo("1,234,568");
    assertThat(Table.number(Double.NaN)).isEqualTo("–");
  }

  /**
   * The simulated tables take longer; './skald bench queueing --write docs/scaling.md' makes all.
   */
  @Test
  void shouldSayWhatTheFiguresSay_whenTheScalingPageIsRead() throws IOException {
    String page = Files.readString(PAGE);
    Map<String, Supplier<Table>> tables = Predictions.tables(Figures.ofThisProject());

    assertThat(tables).containsKeys(ARITHMETIC);
    for (String name : ARITHMETIC) {
      Table table = requireNonNull(tables.get(name)).get();
      assertThat(Document.with(page, name, table))
          .as("table '%s' of docs/scaling.md: ./skald bench queueing --write docs/scaling.md", name)
          .isEqualTo(page);
    }
  }
}
