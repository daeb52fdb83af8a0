package com.example.trips;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of what was built: the jar, or the native executable. */
@QuarkusIntegrationTest
class TripIT extends TripTest {}
