package io.skald.benchmark;

/**
 * An order to start a saga with.
 *
 * @param id of the order and key of its saga
 * @param fields what its JSON says besides the id
 * @param expectedEnding the lifecycle event that its saga has to end with
 */
record Order(String id, String fields, String expectedEnding) {

  String json() {
    return "{\"orderId\":\"" + id + "\"," + fields + "}";
  }

  String jsonWithoutId() {
    return "{" + fields + "}";
  }
}
