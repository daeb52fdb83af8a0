package io.skald.benchmark.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set about the sagas of the benchmark. */
@ConfigMapping(prefix = "bench")
public interface EngineConfig {

  /** How many steps the wide saga has; its definition's version is this number. */
  @WithDefault("50")
  int wideSteps();

  /** How long one attempt of a step may go unanswered. */
  @WithDefault("PT30S")
  Duration stepTimeout();

  /** The first wait before a step that failed is tried again; it doubles with each attempt. */
  @WithDefault("PT0.1S")
  Duration retryInitial();
}
