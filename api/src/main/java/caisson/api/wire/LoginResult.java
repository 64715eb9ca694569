package caisson.api.wire;

/**
 * What a login brings.
 *
 * @param identityToken to be kept in place of the password, or empty
 */
public record LoginResult(String status, String identityToken) {}
