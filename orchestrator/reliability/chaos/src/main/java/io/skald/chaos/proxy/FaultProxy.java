package io.skald.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between clients and one server on the loopback interface, and makes the link bad on
 * demand. Whatever it does to a connection is what a network does: bytes are held up, lost together
 * with their connection, or cut off, but never changed and never out of order.
 *
 * <p>While the server is away, connections are reset; when it is back, they are let through. All
 * methods may be called from any thread.
 */
public final class FaultProxy implements AutoCloseable {

  private static final int BACKLOG = 256;

  private final String name;
  private final int targetPort;
  private final ServerSocket listener;
  private final Gate gate;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private FaultProxy(String name, int targetPort, ServerSocket listener, Pause pause) {
    this.name = name;
    this.targetPort = targetPort;
    this.listener = listener;
    this.gate = new Gate(pause);
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @param name of the link, for messages
   * @param targetPort where the server is, or will be
   */
  public static FaultProxy to(String name, int targetPort) {
    return to(name, targetPort, Thread::sleep);
  }

  static FaultProxy to(String name, int targetPort, Pause pause) {
    try {
      ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(name, targetPort, listener, pause);
      Thread.ofPlatform().daemon().name("proxy-" + name).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to open a proxy for " + name, e);
    }
  }

  public String name() {
    return name;
  }

  /** Where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What is wrong with the link now. */
  public LinkFault fault() {
    return gate.fault();
  }

  /** Replaces what is wrong with the link, for old connections and new ones. */
  public void impose(LinkFault fault) {
    gate.set(fault);
    if (fault instanceof LinkFault.Reset) {
      connections.forEach(Connection::reset);
    } else if (fault instanceof LinkFault.HalfOpen) {
      connections.forEach(Connection::loseServer);
    }
  }

  /** The link is well again. What was lost stays lost. */
  public void heal() {
    impose(new LinkFault.None());
  }

  /** How many connections there are, half-open ones among them. */
  public int connections() {
    return connections.size();
  }

  /** Takes no more connections and resets those that there are. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to close the proxy for " + name, e);
    } finally {
      gate.set(new LinkFault.Reset());
      connections.forEach(Connection::reset);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        // Closed; or this one connection broke before it was taken.
      }
    }
  }

  private void serve(Socket client) {
    Connection connection = new Connection(gate, client);
    connections.add(connection);
    Thread.ofVirtual()
        .name("proxy-" + name)
        .start(
            () -> {
              try {
                connection.run(targetPort);
              } finally {
                connections.remove(connection);
              }
            });
  }
}
