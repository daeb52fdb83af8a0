package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  private static final int FIRST_OF_OUTGOING_CONNECTIONS = 32_768;

  @Test
  void shouldNotGiveAPortTwice_whenNobodyListensYet() {
    // when
    List<Integer> ports = Stream.generate(FreePorts::next).limit(1_000).toList();
    // then
    assertThat(ports)
        .doesNotHaveDuplicates()
        .allMatch(port -> port > 1_024 && port < FIRST_OF_OUTGOING_CONNECTIONS);
  }
}
