package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.saga.message.Message;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import io.skald.saga.message.Upcaster;
import io.skald.saga.message.UpcastingCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SagaDataTest {

  record First(String name) {}

  /** Version 1 had "title". */
  @Message(name = "Book", version = 2)
  record Book(String name) {}

  @Message(version = 2)
  enum Colour {
    RED
  }

  private final PayloadCodec codec =
      new UpcastingCodec(
          new TestCodec(),
          List.of(
              Upcaster.of(
                  "Book",
                  1,
                  payload -> {
                    payload.put("name", payload.remove("title"));
                    return payload;
                  })));

  @Test
  void shouldLeaveDataAsItIs_whenItNeverHadAnotherVersion() {
    assertThat(SagaData.encode(codec, new First("a"))).isEqualTo("{\"name\":\"a\"}");
    assertThat(SagaData.decode(codec, "{\"name\":\"a\"}", First.class)).isEqualTo(new First("a"));
  }

  @Test
  void shouldSayItsVersionFirst_whenItHasOne() {
    String json = SagaData.encode(codec, new Book("a"));
    assertThat(json).isEqualTo("{\"@dataversion\":2,\"name\":\"a\"}");
    assertThat(SagaData.decode(codec, json, Book.class)).isEqualTo(new Book("a"));
  }

  @Test
  void shouldTakeStoredDataWithoutAVersionForTheFirst_andGivenDataForTheLatest() {
    assertThat(SagaData.decode(codec, "{\"title\":\"a\"}", Book.class)).isEqualTo(new Book("a"));
    assertThat(SagaData.decodeGiven(codec, "{\"name\":\"a\"}", Book.class))
        .isEqualTo(new Book("a"));
    assertThat(SagaData.decodeGiven(codec, "{ \"title\": \"a\", \"@dataversion\": 1 }", Book.class))
        .isEqualTo(new Book("a"));
  }

  @Test
  void shouldRefuseToGuess_whenDataIsNewer() {
    assertThatThrownBy(
            () -> SagaData.decode(codec, "{\"@dataversion\":3,\"name\":\"a\"}", Book.class))
        .isInstanceOf(UnreadablePayloadException.class)
        .hasMessageContaining("found Book v3");
  }

  @Test
  void shouldRefuseAVersion_whenTheDataIsNoObject() {
    assertThatThrownBy(() -> SagaData.encode(codec, Colour.RED))
        .isInstanceOf(UnreadablePayloadException.class)
        .hasMessageContaining("Colour");
  }
}
