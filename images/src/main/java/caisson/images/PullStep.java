package caisson.images;

import caisson.base.Digest;
import java.time.Duration;

/** How a pull goes on. Steps of different layers come mixed, and from several threads. */
public sealed interface PullStep {
  /** The registry has an image, which is to be brought. */
  record Begun(PullRequest request) implements PullStep {}

  /**
   * Something of one layer.
   *
   * @param blob the digest of its compressed archive
   */
  record OfLayer(Digest blob, LayerStep step) implements PullStep {}

  /**
   * It is done.
   *
   * @param digest of the document that the registry's name led to
   * @param fresh whether this host did not have the image by that name
   */
  record Done(PullRequest request, Digest digest, boolean fresh) implements PullStep {}

  /** What happens to a layer. */
  sealed interface LayerStep {
    /** It is needed. */
    record Listed() implements LayerStep {}

    /** It is here already. */
    record Present() implements LayerStep {}

    /** Another pull brings it, or others go first. */
    record Waiting() implements LayerStep {}

    /** Bytes have come, of the compressed archive. */
    record Downloading(long bytes, long total) implements LayerStep {}

    /** The connection has failed; another is tried after {@code pause}. */
    record Retrying(Duration pause) implements LayerStep {}

    /** All of it is here and is being checked. */
    record Verifying() implements LayerStep {}

    /** All of it is here and right. */
    record Downloaded() implements LayerStep {}

    /** Bytes of the compressed archive have become part of the block image. */
    record Extracting(long bytes, long total) implements LayerStep {}

    /** It is in the store. */
    record Complete() implements LayerStep {}
  }
}
