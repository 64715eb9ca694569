/**
 * The documents of Docker's Engine API, as records that the server and its clients share. A record
 * component's name is the JSON field's with a small first letter; where Docker's spelling follows
 * no rule, the component says it. {@link caisson.api.wire.WireJson} reads and writes them.
 */
package caisson.api.wire;
