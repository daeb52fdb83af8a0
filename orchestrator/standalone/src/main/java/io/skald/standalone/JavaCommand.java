package io.skald.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: the Java that runs this one, with moderate memory. */
final class JavaCommand {
  private static final int UNSAFE_ACCESS_OPTION_SINCE = 23;

  private JavaCommand() {}

  /** An executable jar. */
  static List<String> jar(Path jar, String mark, String name) {
    List<String> command = java(mark, name, "-Xmx512m");
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  /**
   * A main class; the class path goes by the environment variable {@code CLASSPATH}, so that the
   * command line stays short enough for every system to show.
   */
  static List<String> main(Class<?> main, String mark, String name, String... arguments) {
    List<String> command = java(mark, name, "-Xmx384m");
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> java(String mark, String name, String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(mark);
    command.add("-Dio.skald.standalone.service=" + name);
    command.add(heap);
    if (Runtime.getRuntime().availableProcessors() <= 2) {
      command.add("-XX:+UseSerialGC");
    }
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= UNSAFE_ACCESS_OPTION_SINCE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    return command;
  }
}
