package io.skald.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** One client's connection, and the proxy's own to the server on the client's behalf. */
final class Connection {

  private static final int PIECE = 16 * 1024;

  private final Gate gate;
  private final Socket client;
  private volatile @Nullable Socket server;
  private volatile boolean halfOpen;

  Connection(Gate gate, Socket client) {
    this.gate = gate;
    this.client = client;
  }

  /** Carries bytes in both directions until one end closes, or the proxy does. */
  void run(int targetPort) {
    try {
      client.setTcpNoDelay(true);
      gate.awaitNoBlackHole();
      switch (gate.fault()) {
        case LinkFault.Reset reset -> reset();
        case LinkFault.HalfOpen half -> {
          halfOpen = true;
          swallow();
        }
        case LinkFault.None none -> connect(targetPort);
        case LinkFault.Delay delay -> connect(targetPort);
        case LinkFault.Bandwidth bandwidth -> connect(targetPort);
        case LinkFault.BlackHole hole -> connect(targetPort);
      }
    } catch (IOException | InterruptedException e) {
      // The server is not there, or one of the two has gone: the other is told by the reset.
      reset();
    }
  }

  /** Loses the server's side and does not tell the client. */
  void loseServer() {
    halfOpen = true;
    close(server);
  }

  /** Tells both ends that the connection is broken. */
  void reset() {
    abort(client);
    abort(server);
  }

  private void connect(int targetPort) throws IOException, InterruptedException {
    Socket there = new Socket(InetAddress.getLoopbackAddress(), targetPort);
    there.setTcpNoDelay(true);
    server = there;
    if (gate.fault() instanceof LinkFault.Reset) {
      throw new IOException("The link was cut while the connection was made");
    }
    Thread.ofVirtual().name("proxy-answers").start(() -> answers(there));
    try {
      carry(client, there);
    } finally {
      if (!halfOpen) {
        close(there);
      }
      close(client);
    }
  }

  private void answers(Socket there) {
    try {
      carry(there, client);
    } catch (IOException | InterruptedException e) {
      // Ended below, like a stream that has come to its end.
    } finally {
      close(there);
      if (!halfOpen) {
        close(client);
      }
    }
  }

  private void carry(Socket from, Socket to) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] piece = new byte[PIECE];
    for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
      gate.pass(size);
      if (!halfOpen) {
        write(out, piece, size);
      }
    }
  }

  private void write(OutputStream out, byte[] piece, int size) throws IOException {
    try {
      out.write(piece, 0, size);
    } catch (IOException e) {
      if (!halfOpen) {
        throw e;
      }
    }
  }

  private void swallow() throws IOException {
    try (client) {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void abort(@Nullable Socket socket) {
    if (socket == null) {
      return;
    }
    try {
      // With a linger of zero a close is a reset.
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(socket);
  }

  private static void close(@Nullable Socket socket) {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to do for it.
    }
  }
}
