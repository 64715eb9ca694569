package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** How libarchive writes attributes: names with %XX escapes, values in base 64 without padding. */
final class LibarchiveText {
  private LibarchiveText() {}

  static ByteString unescape(ByteString text) {
    var plain = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int high = i + 2 < text.length() ? Character.digit(text.at(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.at(i + 2), 16);
      if (text.at(i) == '%' && low >= 0) {
        plain.write(high << 4 | low);
        i += 2;
      } else {
        plain.write(text.at(i));
      }
    }
    return ByteString.copyOf(plain.toByteArray());
  }

  static ByteString base64(ByteString text, TarInput input) {
    try {
      return ByteString.copyOf(Base64.getDecoder().decode(text.toByteArray()));
    } catch (IllegalArgumentException e) {
      throw input.corrupt("the value of an extended attribute is not base 64");
    }
  }
}
