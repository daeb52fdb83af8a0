package io.skald.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.saga.message.Phase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator says of a step that is to be taken for done. */
final class SkipRequestTest {

  private static SkipRequest read(String body) {
    return SkipRequest.of(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldKeepTheReplyToTheLetter_whenNumbersAreInIt() {
    // when
    SkipRequest request =
        read(
            "{\"phase\":\"compensation\",\"reply\":{\"a\":1.10,\"b\":0.1,\"c\":[12345678901234567890]}}");
    // then
    assertThat(request.phase()).contains(Phase.COMPENSATION);
    assertThat(request.reply()).contains("{\"a\":1.10,\"b\":0.1,\"c\":[12345678901234567890]}");
    assertThat(request.actorName()).isEqualTo("anonymous");
  }

  @Test
  void shouldHaveNothing_whenThereIsNoBody() {
    assertThat(read("").reply()).isEmpty();
    assertThat(read("{}").phase()).isEmpty();
    assertThat(read("{\"reply\":null}").reply()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999"})
  void shouldBlameTheCaller_whenANumberIsBeyondAllMeasure(String number) {
    for (String member : new String[] {"reply", "else"}) {
      assertThatThrownBy(() -> read("{\"" + member + "\":" + number + "}"))
          .isInstanceOfSatisfying(
              ApiProblem.class,
              problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID_REQUEST));
    }
  }
}
