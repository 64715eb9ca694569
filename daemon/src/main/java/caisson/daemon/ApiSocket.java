package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** The socket that clients connect to. */
final class ApiSocket {
  private static final String GROUP = "caisson";
  private static final int BACKLOG = 512;

  private ApiSocket() {}

  /**
   * Listens on {@code path}. A socket that nobody serves any more is replaced.
   *
   * @param shared whether members of the group {@code caisson} may connect
   * @throws CaissonException UNAVAILABLE if it is served, or cannot be made
   */
  static ServerSocketChannel listen(Path path, boolean shared) {
    refuseIfServed(path);
    try {
      Files.deleteIfExists(path);
      var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setPosixFilePermissions(
          path,
          PosixFilePermissions.fromString(shared && giveToGroup(path) ? "rw-rw----" : "rw-------"));
      return listener;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "cannot listen on " + path + ": " + e.getMessage(), e);
    }
  }

  private static void refuseIfServed(Path path) {
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE,
          "the socket " + path + " is served by another daemon: stop it, or give another --socket");
    } catch (IOException nobodyThere) {
      // Then it is free, or a file that nobody serves.
    }
  }

  private static boolean giveToGroup(Path path) throws IOException {
    try {
      var lookup = path.getFileSystem().getUserPrincipalLookupService();
      var group = lookup.lookupPrincipalByGroupName(GROUP);
      var view =
          Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      view.setGroup(group);
      return true;
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }
}
