package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/** What a spec is refused with: the field's name and what is wrong with it. */
final class Refusal {
  private Refusal() {}

  /** The field makes no sense. */
  static CaissonException invalid(String field, String why) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, "the spec's " + field + " " + why);
  }

  /** The field makes sense, but not to a machine of ours. */
  static CaissonException unsupported(String field, String why) {
    return new CaissonException(ErrorCode.UNSUPPORTED, "the spec's " + field + " " + why);
  }

  /** Refuses a field that nobody may use. */
  static void ifPresent(boolean present, String field, String why) {
    if (present) {
      throw unsupported(field, why);
    }
  }
}
