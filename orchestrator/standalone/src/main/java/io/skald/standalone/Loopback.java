package io.skald.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports of the loopback interface. */
final class Loopback {
  private static final int CONNECT_MILLIS = 500;

  private Loopback() {}

  /** The wanted port, or a free one if the wanted one is 0. */
  static int orFree(int wanted) {
    return wanted == 0 ? FreePorts.next() : wanted;
  }

  /** Whether nobody listens on it at localhost, by either version of IP. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      return false;
    }
    // One that listens on ::1 alone would get what is sent to "localhost".
    return !answers("127.0.0.1", port) && !answers("::1", port);
  }

  static boolean answers(int port) {
    return answers("127.0.0.1", port);
  }

  private static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
