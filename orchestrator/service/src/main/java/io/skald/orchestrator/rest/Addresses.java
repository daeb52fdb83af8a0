package io.skald.orchestrator.rest;

import io.skald.machine.SagaCore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Where things are. Relative to the server, for only the caller knows by which name it is seen. */
final class Addresses {

  static final String SAGAS = "/api/v1/sagas";
  static final String DEFINITIONS = "/api/v1/definitions";

  private Addresses() {}

  static String saga(UUID id) {
    return SAGAS + "/" + id;
  }

  /** The sagas of the same definition and key that have not ended. */
  static String line(SagaCore saga) {
    return SAGAS
        + "?definition="
        + saga.definition()
        + "&key="
        + URLEncoder.encode(saga.key(), StandardCharsets.UTF_8)
        + "&status=QUEUED,RUNNING,COMPENSATING,PARKED";
  }

  static String definition(String name) {
    return DEFINITIONS + "/" + name;
  }

  static String definition(String name, int version) {
    return definition(name) + "/" + version;
  }
}
