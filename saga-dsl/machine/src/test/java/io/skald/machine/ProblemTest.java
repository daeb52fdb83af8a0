package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void shouldBeShortened_whenTooLong() {
    Problem problem = new Problem("c".repeat(3_000), "m".repeat(3_000));
    assertThat(problem.code()).hasSize(2_000);
    assertThat(problem.message()).hasSize(2_000);
  }

  @Test
  void shouldFitEveryStore_whenTheTextIsBroken() {
    // given text with a NUL, with half a pair, and one that is cut within a pair
    Problem broken = new Problem("a\0b", "x\ud83dy");
    Problem cut = new Problem("CODE", "m".repeat(1_999) + "\ud83d\ude00");
    // then
    assertThat(broken).isEqualTo(new Problem("a?b", "x?y"));
    assertThat(cut.message()).endsWith("m?").hasSize(2_000);
    assertThat(new Problem("CODE", "so \ud83d\ude00").message()).endsWith("\ud83d\ude00");
  }
}
