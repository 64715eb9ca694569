package caisson.images;

import caisson.base.Absent;
import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A catalog as a JSON file. It is replaced as a whole, so one rename makes everything that a load
 * or a removal changes true at once.
 */
record CatalogFile(Path path) {
  /** The file's form; all keys and values that are not names are digests. */
  private record Form(
      Map<String, Entry> images,
      Map<String, String> tags,
      Map<String, String> canonical,
      Map<String, Long> layers) {
    Form {
      images = Absent.map(images);
      tags = Absent.map(tags);
      canonical = Absent.map(canonical);
      layers = Absent.map(layers);
    }
  }

  private record Entry(List<String> layers, Optional<String> manifest) {
    Entry {
      layers = Absent.list(layers);
    }

    static Entry of(Catalog.Contents contents) {
      return new Entry(
          contents.layers().stream().map(Digest::toString).toList(),
          contents.manifest().map(Digest::toString));
    }

    Catalog.Contents contents() {
      return new Catalog.Contents(
          layers.stream().map(Digest::parse).toList(), manifest.map(Digest::parse));
    }
  }

  /**
   * Reads the file; without one, nothing is there.
   *
   * @throws CaissonException CORRUPT if it is not what {@link #write} wrote
   */
  Catalog read() throws IOException {
    if (!Files.exists(path)) {
      return Catalog.EMPTY;
    }
    var form = Json.read(Files.readAllBytes(path), Form.class, path.toString());
    try {
      return catalog(form);
    } catch (CaissonException e) {
      throw new CaissonException(
          ErrorCode.CORRUPT, "the list of images " + path + " is damaged: " + e.text(), e);
    }
  }

  private static Catalog catalog(Form form) {
    var images = new HashMap<Digest, Catalog.Contents>();
    form.images().forEach((id, entry) -> images.put(Digest.parse(id), entry.contents()));
    var tags = new HashMap<Reference, Digest>();
    form.tags().forEach((name, id) -> tags.put(Reference.parse(name), Digest.parse(id)));
    var canonical = new HashMap<CanonicalReference, Digest>();
    form.canonical()
        .forEach((name, id) -> canonical.put(CanonicalReference.parse(name), Digest.parse(id)));
    var layers = new HashMap<Digest, ByteSize>();
    form.layers().forEach((id, bytes) -> layers.put(Digest.parse(id), new ByteSize(bytes)));
    return new Catalog(images, tags, canonical, layers);
  }

  /** Deletes what an interrupted {@link #write} left. */
  void sweep() throws IOException {
    Files.deleteIfExists(path.resolveSibling(path.getFileName() + DurableFiles.UNFINISHED));
  }

  /** Replaces the file, durably. */
  void write(Catalog catalog) throws IOException {
    var images = new TreeMap<String, Entry>();
    catalog.images().forEach((id, contents) -> images.put(id.toString(), Entry.of(contents)));
    var tags = new TreeMap<String, String>();
    catalog.tags().forEach((name, id) -> tags.put(name.toString(), id.toString()));
    var canonical = new TreeMap<String, String>();
    catalog.canonical().forEach((name, id) -> canonical.put(name.toString(), id.toString()));
    var layers = new TreeMap<String, Long>();
    catalog.layers().forEach((id, size) -> layers.put(id.toString(), size.bytes()));
    DurableFiles.write(path, Json.write(new Form(images, tags, canonical, layers)));
  }
}
