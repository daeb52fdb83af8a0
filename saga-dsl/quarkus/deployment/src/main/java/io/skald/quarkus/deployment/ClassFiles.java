package io.skald.quarkus.deployment;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where the class files of an application come from. */
@FunctionalInterface
interface ClassFiles {

  /**
   * Opens one; the caller closes it.
   *
   * @param resource such as {@code com/example/Order.class}
   * @return null when there is none
   */
  @Nullable InputStream open(String resource);
}
