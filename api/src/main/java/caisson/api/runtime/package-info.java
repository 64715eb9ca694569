/** What {@code caisson-runtime}, the OCI engines' way in, asks of the daemon. */
package caisson.api.runtime;
