package io.skald.saga.message;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fixes the name and version that a command or event has on the wire.
 *
 * <p>Without it the name is the simple name of the class and the version is 1. Give it before you
 * rename a class that is already in use: the wire never sees Java names, so old messages stay
 * readable.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Message {

  /** The name on the wire; empty means the simple name of the class. */
  String name() default "";

  /** The schema version of the payload, 1 or above. */
  int version() default 1;
}
