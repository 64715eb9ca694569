package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;

/** A JSON document in an archive: its name there, for errors, and its bytes. */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
record Document(String name, byte[] bytes) {
  Digest digest() {
    return Digest.of(bytes);
  }

  /** Reads a digest that stands in this document. */
  Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (CaissonException e) {
      throw corrupt(e.text());
    }
  }

  /** Reads an image's name that stands in this document. */
  Reference reference(String text) {
    try {
      return Reference.parse(text);
    } catch (CaissonException e) {
      throw corrupt(e.text());
    }
  }

  CaissonException corrupt(String why) {
    return new CaissonException(
        ErrorCode.CORRUPT, "cannot read the archive's " + name + ": " + why);
  }
}
