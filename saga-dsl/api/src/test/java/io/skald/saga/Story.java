package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A definition as source text, one call to a line, and what the compiler says of it. A wrong story
 * is made from the right one by one change, so that nothing but the change can be what is refused.
 */
record Story(List<String> lines) {

  private static final String BEFORE =
      """
      package story;
      import static io.skald.saga.Orders.*;
      import io.skald.saga.Retry;
      import io.skald.saga.Saga;
      import io.skald.saga.SagaDefinition;
      import io.skald.saga.message.Command;
      import java.time.Duration;
      import java.util.function.BiFunction;
      class Story {
        SagaDefinition<Order> tell() {
          return
      """;
  private static final String AFTER = ";}}\n";
  private static final long LINES_BEFORE = BEFORE.lines().count();

  /** Why javac refuses, by its codes; those of a wrong type differ between its versions. */
  enum Reason {
    NO_SUCH_METHOD("compiler.err.cant.resolve.location.args"),
    WRONG_TYPE("compiler.err.(prob.found.req|cant.apply.symbols?)(\\..*)?");

    private final String code;

    Reason(String code) {
      this.code = code;
    }
  }

  Story without(String line) {
    return changed(line, List.of());
  }

  Story with(String line, String instead) {
    return changed(line, List.of(instead));
  }

  Story withAfter(String line, String added) {
    return changed(line, List.of(line, added));
  }

  void mustCompile() {
    assertThat(errors()).isEmpty();
  }

  /** One error, for this reason, in this line, and with these words. */
  void mustBeRefused(String line, Reason reason, String... words) {
    List<Diagnostic<? extends JavaFileObject>> errors = errors();
    assertThat(errors).as("errors of %s", this).hasSize(1);
    Diagnostic<? extends JavaFileObject> error = errors.getFirst();
    assertThat(lines.get((int) (error.getLineNumber() - LINES_BEFORE - 1)))
        .as("place of %s", error)
        .isEqualTo(line);
    assertThat(error.getCode()).as("code of %s", error).matches(reason.code);
    assertThat(error.getMessage(Locale.ROOT)).contains(words);
  }

  private Story changed(String line, List<String> instead) {
    assertThat(lines).containsOnlyOnce(line);
    List<String> changed = new ArrayList<>(lines);
    int at = changed.indexOf(line);
    changed.remove(at);
    changed.addAll(at, instead);
    return new Story(changed);
  }

  private List<Diagnostic<? extends JavaFileObject>> errors() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none", "--release", "21", "-classpath", home(Saga.class) + pathTo(Orders.class));
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(collector, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, files, collector, options, null, List.of(new Source(text())));
      task.analyze(); // and write no class files
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return collector.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .toList();
  }

  private String text() {
    return BEFORE + String.join("\n", lines) + "\n" + AFTER;
  }

  private static String pathTo(Class<?> type) {
    return System.getProperty("path.separator") + home(type);
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("string:///story/Story.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
