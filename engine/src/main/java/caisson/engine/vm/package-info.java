/**
 * Containers' sandboxes as virtual machines: {@link caisson.engine.vm.VmSandboxes} gives each
 * container a machine, tells the agent in it what the OCI spec asks for, and ends or adopts it. A
 * spec that asks for what a machine cannot give is refused by the name of the field.
 */
package caisson.engine.vm;
