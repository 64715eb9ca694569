package caisson.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Makes archives of images, as {@code docker save} and writers of OCI layouts make them. */
public final class ImageArchives {
  private ImageArchives() {}

  /** The configuration of an image with these layers, which are uncompressed archives. */
  public static String config(List<byte[]> layers, String defaults) {
    return """
    {"architecture":"amd64","os":"linux","created":"2026-01-02T03:04:05.678901234Z",
    "config":%s,"rootfs":{"type":"layers","diff_ids":%s}}\
    """
        .formatted(defaults, list(layers.stream().map(ImageArchives::digest).toList()));
  }

  /** A docker-archive with one image. */
  public static byte[] docker(String name, String defaults, List<byte[]> layers) {
    var tar = new Tar();
    String config = config(layers, defaults);
    String configName = sha256(config.getBytes(StandardCharsets.UTF_8)) + ".json";
    var names = new ArrayList<String>();
    for (var layer : layers) {
      String member = sha256(layer) + "/layer.tar";
      if (!names.contains(member)) {
        tar.file(member, layer);
      }
      names.add(member);
    }
    tar.file(configName, config);
    tar.file(
        "manifest.json",
        "[{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":%s}]"
            .formatted(configName, name, list(names)));
    return tar.end();
  }

  /** A list of JSON strings. */
  public static String list(List<String> texts) {
    return texts.stream()
        .collect(Collectors.joining("\",\"", "[\"", "\"]"))
        .replace("[\"\"]", "[]");
  }

  /** The digest in the form {@code sha256:…}. */
  public static String digest(byte[] content) {
    return "sha256:" + sha256(content);
  }

  /** The digest's hexadecimal digits. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
