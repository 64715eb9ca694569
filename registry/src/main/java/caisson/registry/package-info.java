/**
 * A client of registries (OCI distribution-spec): {@link caisson.registry.Registries} finds them,
 * {@link caisson.registry.RemoteRepository} reads from one. A registry is a stranger: whatever it
 * sends is bounded in size and time, and counts only when it has the digest that it should have.
 */
package caisson.registry;
