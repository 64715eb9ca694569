package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.image.Descriptor;
import caisson.oci.image.MediaType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The images of one repository. Methods block, may be called by several threads at once, and fail
 * with {@link CaissonException}s: NOT_FOUND, UNAUTHORIZED, UNAVAILABLE, TIMEOUT, UNSUPPORTED for a
 * kind of document that is not read, and CORRUPT for what is not what its digest says.
 */
public final class RemoteRepository implements AutoCloseable {
  /** What registries take themselves (distribution-spec, "Pushing Manifests"). */
  private static final int MAX_DOCUMENT = 4 << 20;

  private final Transport transport;
  private final RegistryHost host;
  private final Repository name;
  private final Authorization authorization;
  private final Timeouts timeouts;

  RemoteRepository(
      Transport transport,
      RegistryHost host,
      Repository name,
      Authorization authorization,
      Timeouts timeouts) {
    this.transport = transport;
    this.host = host;
    this.name = name;
    this.authorization = authorization;
    this.timeouts = timeouts;
  }

  /** Where this repository is. */
  public RegistryHost host() {
    return host;
  }

  /**
   * Gets the manifest or the index that a tag or a digest names.
   *
   * @param reference a tag, or {@code sha256:…}
   */
  public ManifestDocument manifest(String reference) {
    var uri = host.api(name.path() + "/manifests/" + reference);
    var request = Request.get(uri).withHeader("Accept", String.join(", ", MediaType.DOCUMENTS));
    var what = "the manifest " + name.familiar() + ":" + reference;
    return ask(
        request,
        answer -> {
          if (!answer.ok()) {
            throw RegistryRefusal.ofManifest(answer, name, reference);
          }
          var type = answer.header("Content-Type").orElse("");
          var document = ManifestDocument.of(answer.bytes(MAX_DOCUMENT), type, what);
          check(document.digest(), expected(reference, answer), what);
          return document;
        });
  }

  /** The digest that was asked for, or what the registry itself says that it sends. */
  private static String expected(String reference, Answer answer) {
    return reference.contains(":") ? reference : answer.header("Docker-Content-Digest").orElse("");
  }

  private void check(Digest actual, String expected, String what) {
    if (!expected.isEmpty() && !expected.equals(actual.toString())) {
      throw new CaissonException(
          ErrorCode.CORRUPT,
          "%s sent %s with the digest %s instead of %s"
              .formatted(host.name(), what, actual, expected));
    }
  }

  /** Gets a blob of at most 4 MiB, such as an image's configuration. */
  public byte[] document(Descriptor descriptor) {
    var what = "the blob " + descriptor.digest();
    if (descriptor.size() < 0 || descriptor.size() > MAX_DOCUMENT) {
      throw new CaissonException(
          ErrorCode.CORRUPT,
          what + " has " + descriptor.size() + " bytes, more than a document may have");
    }
    return ask(
        Request.get(host.api(name.path() + "/blobs/" + Digest.parse(descriptor.digest()))),
        answer -> {
          if (!answer.ok()) {
            throw RegistryRefusal.of(answer);
          }
          byte[] bytes = answer.bytes((int) descriptor.size());
          check(Digest.of(bytes), descriptor.digest(), what);
          return bytes;
        });
  }

  /**
   * Begins to fetch a blob into {@code file}; what an earlier attempt has left there is not fetched
   * again. The file stays until the caller removes it.
   *
   * @param progress told on a thread of the fetch
   */
  public BlobFetch fetch(Descriptor descriptor, Path file, Consumer<FetchStep> progress) {
    var digest = Digest.parse(descriptor.digest());
    var source =
        new BlobSource(
            host.api(name.path() + "/blobs/" + digest), authorization, descriptor.size());
    return BlobFetch.start(source, digest, file, timeouts, progress);
  }

  /** What is read from an answer. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Answer answer) throws IOException;
  }

  private <T> T ask(Request request, Reading<T> reading) {
    return ask(authorization, request, reading, timeouts);
  }

  static <T> T ask(
      Authorization authorization, Request request, Reading<T> reading, Timeouts timeouts) {
    var patience = Patience.ofDocument(timeouts);
    try {
      while (true) {
        try (var answer = authorization.send(request)) {
          if (answer.busy()) {
            throw BusyException.of(answer);
          }
          return reading.read(answer);
        } catch (IOException e) {
          patience.await(e);
        }
      }
    } catch (IOException e) {
      throw NetworkFailure.of(e, request.uri());
    }
  }

  /** Breaks off whatever is still under way. */
  @Override
  public void close() {
    transport.close();
  }
}
