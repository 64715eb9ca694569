package caisson.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes a tar of an OCI image layout, blob by blob; nothing that it is told is checked. */
public final class OciArchive {
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  private final Tar tar = new Tar();

  /**
   * Adds a blob.
   *
   * @param more further fields of the descriptor, each with a comma before it
   * @return the descriptor
   */
  public String blob(String mediaType, byte[] content, String more) {
    tar.file("blobs/sha256/" + ImageArchives.sha256(content), content);
    return descriptor(mediaType, ImageArchives.digest(content), content.length, more);
  }

  public static String descriptor(String mediaType, String digest, long size, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(mediaType, digest, size, more);
  }

  /** The further field that says which platform a manifest is for. */
  public static String platform(String os, String architecture) {
    return ",\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}".formatted(os, architecture);
  }

  /** The further field with one annotation. */
  public static String annotation(String key, String value) {
    return ",\"annotations\":{\"%s\":\"%s\"}".formatted(key, value);
  }

  /**
   * Adds an image and returns its manifest's descriptor.
   *
   * @param layers as they are stored
   * @param archives the same layers, uncompressed
   */
  public String image(List<byte[]> layers, List<byte[]> archives, String more) {
    var descriptors = new ArrayList<String>();
    layers.forEach(layer -> descriptors.add(blob(LAYER, layer, "")));
    String config = blob(CONFIG, json(ImageArchives.config(archives, "{}")), "");
    String manifest =
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
            .formatted(config, String.join(",", descriptors));
    return blob(MANIFEST, json(manifest), more);
  }

  /** Adds an index and returns its descriptor. */
  public String index(List<String> descriptors, String more) {
    return blob(INDEX, json(indexOf(descriptors)), more);
  }

  private static String indexOf(List<String> descriptors) {
    return "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(String.join(",", descriptors));
  }

  /** The archive, whose top has {@code descriptors}. */
  public byte[] end(String... descriptors) {
    tar.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
    return tar.file("index.json", indexOf(List.of(descriptors))).end();
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
