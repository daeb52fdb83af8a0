package io.skald.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: the Java that runs this one, with moderate memory. */
final class JavaCommand {

  /** What a service may take; executables of Skald know these options too. */
  static final List<String> SERVICE_MEMORY = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

  static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private static final List<String> BROKER_MEMORY =
      List.of("-Xmx384m", "-XX:+ExitOnOutOfMemoryError");
  private static final int UNSAFE_ACCESS_OPTION_SINCE = 23;

  private JavaCommand() {}

  /** An executable jar. */
  static List<String> jar(Path jar, String mark, String name) {
    return application(mark, name, List.of(NATIVE_ACCESS, "-jar", jar.toString()));
  }

  /** An application; what it is started by comes last. */
  static List<String> application(String mark, String name, List<String> launch) {
    List<String> command = java(mark, name, SERVICE_MEMORY);
    command.addAll(launch);
    return command;
  }

  /**
   * A main class; the class path goes by the environment variable {@code CLASSPATH}, so that the
   * command line stays short enough for every system to show.
   */
  static List<String> main(Class<?> main, String mark, String name, String... arguments) {
    List<String> command = java(mark, name, BROKER_MEMORY);
    command.add(NATIVE_ACCESS);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Tells people who look at the list of processes which this is. */
  static String service(String name) {
    return "-Dio.skald.standalone.service=" + name;
  }

  private static List<String> java(String mark, String name, List<String> memory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(mark);
    command.add(service(name));
    command.addAll(memory);
    if (Runtime.getRuntime().availableProcessors() <= 2) {
      command.add("-XX:+UseSerialGC");
    }
    if (Runtime.version().feature() >= UNSAFE_ACCESS_OPTION_SINCE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    return command;
  }
}
