/** Who this user is to registries, as docker's configuration and credential helpers have it. */
package caisson.cli.registry;
