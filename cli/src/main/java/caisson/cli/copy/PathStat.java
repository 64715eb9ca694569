package caisson.cli.copy;

import caisson.cli.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the daemon says is at a path of a container.
 *
 * @param mode Go's bits (os.FileMode)
 * @param link what a symbolic link holds
 */
public record PathStat(String name, long mode, String link) {
  /** The header that has it, as JSON in base 64. */
  public static final String HEADER = "X-Docker-Container-Path-Stat";

  private static final long DIRECTORY = 1L << 31;
  private static final long LINK = 1L << 27;

  /** Reads the header's value. */
  public static PathStat of(String header) throws IOException {
    try {
      var json =
          JsonText.read(Base64.getDecoder().decode(header.getBytes(StandardCharsets.US_ASCII)));
      return new PathStat(
          json.at("name").text(), json.at("mode").number(), json.at("linkTarget").text());
    } catch (IllegalArgumentException e) {
      throw new IOException("the daemon's answer does not say what is copied", e);
    }
  }

  public boolean isDirectory() {
    return (mode & DIRECTORY) != 0;
  }

  public boolean isLink() {
    return (mode & LINK) != 0;
  }

  /** Where the link at {@code path} leads. */
  public String target(String path) {
    return link.startsWith("/") ? link : CopyPath.parent(path) + "/" + link;
  }
}
