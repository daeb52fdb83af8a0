package io.skald.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code ./skald down}: stops the stack of a state directory, and what a killed one left behind.
 */
public final class Down {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Down() {}

  /** Exit status 0 also when nothing ran; 1, with one sentence, when it could not be stopped. */
  public static void main(String[] words) {
    try {
      run(UpArguments.parse(words, System.getenv(), Up.defaultState(Up.home())).stateDir());
    } catch (StandaloneException | IOException e) {
      System.err.println("skald: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Path stateDir) throws IOException {
    if (!Files.isDirectory(stateDir)) {
      System.out.println("Nothing runs on " + stateDir);
      return;
    }
    Optional<ProcessHandle> launcher = StateLock.holder(stateDir);
    if (launcher.isPresent()) {
      System.out.println("Stopping Skald on " + stateDir + " (pid " + launcher.get().pid() + ")");
      launcher.get().destroy();
      if (!Processes.awaitGone(List.of(launcher.get()), PATIENCE)) {
        throw new StandaloneException(
            "Expected the launcher, pid "
                + launcher.get().pid()
                + ", to stop within "
                + PATIENCE.toSeconds()
                + " s, but it still runs; 'kill -9' it and run './skald down' again");
      }
    }
    try (StateLock lock = StateLock.take(stateDir)) {
      boolean any = Leftovers.end(stateDir, Stack.postgresData(stateDir), System.out::println);
      System.out.println(
          launcher.isPresent() || any
              ? "Stopped; the data is kept in " + stateDir
              : "Nothing runs on " + stateDir);
    }
  }
}
