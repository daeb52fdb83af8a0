package io.skald.orchestrator.versions;

/** A version's structure as it was when the version first ran on this database. */
record StoredStructure(String definition, int version, String fingerprint, String json) {}
