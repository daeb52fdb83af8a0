package io.skald.shop.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What a native executable would be made of, as Quarkus wrote it: jars, and what reflection may
 * see.
 */
final class NativeSources implements AutoCloseable {

  private static final String SUFFIX = ".class";

  private final Path runner;
  private final List<Path> jars;
  private final URLClassLoader classes;

  private NativeSources(Path runner, List<Path> jars) {
    this.runner = runner;
    this.jars = jars;
    this.classes =
        new URLClassLoader(
            jars.stream().map(NativeSources::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
  }

  /**
   * Those of an application.
   *
   * @param directory its {@code target/native-sources}
   */
  static NativeSources in(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> jars = found.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      Path runner =
          jars.stream()
              .filter(jar -> jar.toString().endsWith("-runner.jar"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "Expected the sources of an executable in "
                              + directory
                              + "; './mvnw verify -Pstrict' writes them"));
      return new NativeSources(runner, jars);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to look into " + directory, e);
    }
  }

  /** Names of the types whose constructors, methods and fields reflection may use. */
  Set<String> registered() {
    Set<String> names = new HashSet<>();
    try (JarFile jar = new JarFile(runner.toFile())) {
      JsonNode types =
          new ObjectMapper()
              .readTree(
                  jar.getInputStream(jar.getEntry("META-INF/native-image/reflect-config.json")));
      for (JsonNode type : types) {
        if (type.path("allDeclaredConstructors").asBoolean()
            && type.path("allDeclaredMethods").asBoolean()
            && type.path("allDeclaredFields").asBoolean()) {
          names.add(type.get("name").asText());
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read " + runner, e);
    }
  }

  /** The classes below a package, of the application and of its jars; none is initialized. */
  List<Class<?>> classesBelow(String name) {
    Set<String> names = new TreeSet<>();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(JarEntry::getName)
            .filter(entry -> entry.startsWith(name.replace('.', '/') + "/"))
            .filter(entry -> entry.endsWith(SUFFIX) && !entry.endsWith("-info.class"))
            .forEach(
                entry ->
                    names.add(
                        entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.')));
      } catch (IOException e) {
        throw new UncheckedIOException("Expected to read " + jar, e);
      }
    }
    List<Class<?>> found = new ArrayList<>();
    names.forEach(type -> found.add(type(type)));
    return found;
  }

  /** A class by its name; it is not initialized. */
  Class<?> type(String name) {
    try {
      return Class.forName(name, false, classes);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Expected " + name + " to be in the executable", e);
    }
  }

  /** The caller closes it. */
  InputStream classFile(Class<?> type) {
    InputStream file = classes.getResourceAsStream(type.getName().replace('.', '/') + SUFFIX);
    if (file == null) {
      throw new IllegalStateException("Expected a class file of " + type);
    }
    return file;
  }

  @Override
  public void close() {
    try {
      classes.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to close jars that were only read", e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a path to be an address", e);
    }
  }
}
