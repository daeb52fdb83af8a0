package io.skald.orchestrator.journal;

import static io.skald.orchestrator.journal.ExactJson.raw;
import static io.skald.orchestrator.journal.ExactJson.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.skald.machine.BlockState;
import io.skald.saga.message.StepName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a saga's blocks have found out, in its {@code state}; nothing where it has no blocks. */
final class BlockCodec {

  private static final String BLOCKS = "blocks";

  private BlockCodec() {}

  static void write(JsonGenerator json, List<BlockState> blocks) throws IOException {
    if (blocks.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(BLOCKS);
    for (BlockState block : blocks) {
      json.writeStartObject();
      json.writeStringField("name", block.name().toString());
      json.writeStringField("is", block.getClass().getSimpleName());
      write(json, block);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static List<BlockState> read(JsonNode state) {
    List<BlockState> blocks = new ArrayList<>();
    for (JsonNode block : state.path(BLOCKS)) {
      blocks.add(read(StepName.parse(text(block, "name")), block));
    }
    return blocks;
  }

  private static void write(JsonGenerator json, BlockState block) throws IOException {
    switch (block) {
      case BlockState.Chosen chosen -> json.writeBooleanField("otherwise", chosen.otherwise());
      case BlockState.Items taken -> items(json, taken.items());
      case BlockState.Waiting waiting -> {
        StateCodec.instant(json, "since", waiting.since());
        StateCodec.instant(json, "until", waiting.until());
      }
      case BlockState.Kept kept -> {
        json.writeStringField("signal", kept.signal());
        raw(json, "payload", kept.payload());
      }
      case BlockState.Signalled signalled -> {
        json.writeStringField("signal", signalled.signal());
        StateCodec.instant(json, "at", signalled.at());
      }
      case BlockState.Passed passed -> StateCodec.instant(json, "at", passed.at());
    }
  }

  private static BlockState read(StepName name, JsonNode block) {
    return switch (text(block, "is")) {
      case "Chosen" -> new BlockState.Chosen(name, block.required("otherwise").booleanValue());
      case "Items" -> new BlockState.Items(name, items(block));
      case "Waiting" ->
          new BlockState.Waiting(
              name, StateCodec.instant(block, "since"), StateCodec.instant(block, "until"));
      case "Kept" -> new BlockState.Kept(name, text(block, "signal"), raw(block, "payload"));
      case "Signalled" ->
          new BlockState.Signalled(name, text(block, "signal"), StateCodec.instant(block, "at"));
      case "Passed" -> new BlockState.Passed(name, StateCodec.instant(block, "at"));
      default ->
          throw new IllegalStateException("Expected a known state of a block, but found " + block);
    };
  }

  static void items(JsonGenerator json, List<BlockState.Item> items) throws IOException {
    json.writeArrayFieldStart("items");
    for (BlockState.Item item : items) {
      json.writeStartObject();
      json.writeStringField("key", item.key());
      raw(json, "item", item.json());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static List<BlockState.Item> items(JsonNode object) {
    List<BlockState.Item> items = new ArrayList<>();
    for (JsonNode item : object.required("items")) {
      items.add(new BlockState.Item(text(item, "key"), raw(item, "item")));
    }
    return items;
  }
}
