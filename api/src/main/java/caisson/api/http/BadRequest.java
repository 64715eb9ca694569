package caisson.api.http;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/** Makes the exception for a request that is wrong in itself. */
public final class BadRequest {
  private BadRequest() {}

  public static CaissonException of(String message) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
