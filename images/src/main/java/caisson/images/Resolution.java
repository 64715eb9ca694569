package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import java.util.regex.Pattern;

/**
 * Finds images as Docker does: a full id is only an id; otherwise a name comes before the beginning
 * of an id, so that an image called {@code cafe} is found by its name.
 */
record Resolution(Catalog catalog) {
  private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");
  private static final Pattern BEGINNING = Pattern.compile("(?:sha256:)?([0-9a-f]{1,64})");

  Digest find(String text) {
    var id = ID.matcher(text);
    if (id.matches()) {
      var digest = new Digest(id.group(1));
      if (catalog.images().containsKey(digest)) {
        return digest;
      }
      throw Catalog.noSuchImage(text);
    }
    return CanonicalReference.looksLike(text) ? byDigest(text) : byNameOrBeginning(text);
  }

  private Digest byDigest(String text) {
    var found = catalog.canonical().get(CanonicalReference.parse(text));
    if (found == null) {
      throw Catalog.noSuchImage(text);
    }
    return found;
  }

  private Digest byNameOrBeginning(String text) {
    var beginning = BEGINNING.matcher(text);
    boolean onlyId = text.startsWith("sha256:") && beginning.matches();
    if (!onlyId) {
      var name = Reference.parse(text);
      var found = catalog.tags().get(name);
      if (found != null) {
        return found;
      }
      if (!beginning.matches()) {
        throw Catalog.noSuchImage(name.familiar());
      }
    }
    return byBeginning(text, beginning.group(1));
  }

  private Digest byBeginning(String text, String digits) {
    var matches =
        catalog.images().keySet().stream().filter(id -> id.hex().startsWith(digits)).toList();
    if (matches.size() > 1) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "\""
              + text
              + "\" is the beginning of "
              + matches.size()
              + " image ids: write more of it");
    }
    if (matches.isEmpty()) {
      throw Catalog.noSuchImage(text);
    }
    return matches.getFirst();
  }
}
