package io.skald.orchestrator.rest;

import java.util.UUID;

/** Where things are. Relative to the server, for only the caller knows by which name it is seen. */
final class Addresses {

  static final String SAGAS = "/api/v1/sagas";
  static final String DEFINITIONS = "/api/v1/definitions";

  private Addresses() {}

  static String saga(UUID id) {
    return SAGAS + "/" + id;
  }

  static String definition(String name) {
    return DEFINITIONS + "/" + name;
  }

  static String definition(String name, int version) {
    return definition(name) + "/" + version;
  }
}
