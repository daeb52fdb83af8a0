package io.skald.chaos.stack;

import io.skald.saga.message.crash.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that tell processes at which point of their code to end. One that obeys deletes its own.
 */
record CrashOrders(Path directory) {

  /** Where a process looks. */
  Path file(Host host) {
    return directory.resolve(host.processName() + ".crash");
  }

  void give(Host host, CrashPoint point) {
    Path orders = file(host);
    Path draft = orders.resolveSibling(orders.getFileName() + ".draft");
    try {
      Files.writeString(draft, point.label());
      Files.move(draft, orders, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write " + orders, e);
    }
  }

  /** Whether it has neither been obeyed nor taken back. */
  boolean isOpen(Host host) {
    return Files.exists(file(host));
  }

  void takeBack(Host host) {
    try {
      Files.deleteIfExists(file(host));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to delete " + file(host), e);
    }
  }
}
