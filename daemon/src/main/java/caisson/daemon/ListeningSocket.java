package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** A Unix socket on which nobody else listens, and that only those may use who may be root. */
final class ListeningSocket {
  private static final int BACKLOG = 1024;

  /** The kernel would take one byte more; the JDK does not. */
  private static final int LONGEST_PATH = 106;

  private static final String GROUP = "caisson";

  private ListeningSocket() {}

  /**
   * Binds and listens; a socket that a dead daemon left is replaced.
   *
   * @param shared whether the group {@code caisson}, if there is one, may connect too
   */
  static ServerSocketChannel bind(Path path, boolean shared) {
    if (path.toString().length() > LONGEST_PATH) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "the socket's path " + path + " is longer than " + LONGEST_PATH + " bytes");
    }
    try {
      clear(path);
      Files.createDirectories(path.getParent());
      var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      restrict(path, shared);
      return channel;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot listen on " + path + ": " + e.getMessage(), e);
    }
  }

  private static void clear(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "cannot listen on " + path + ": a file that is no socket is there");
    }
    if (isServed(path)) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE,
          "cannot listen on " + path + ": another program does; stop it or use --socket");
    }
    Files.delete(path);
  }

  private static boolean isServed(Path path) {
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void restrict(Path path, boolean shared) throws IOException {
    var attributes = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (shared) {
      try {
        var groups = FileSystems.getDefault().getUserPrincipalLookupService();
        attributes.setGroup(groups.lookupPrincipalByGroupName(GROUP));
      } catch (UserPrincipalNotFoundException e) {
        // The group is optional: without it the socket is root's.
      }
    }
    attributes.setPermissions(PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------"));
  }
}
