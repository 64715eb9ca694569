/**
 * What the endpoints of Docker's Engine API have in common: filters, moments, answers in JSON, and
 * the streams of attached clients. The endpoints themselves are in the packages below, one for each
 * kind of thing.
 */
package caisson.api.docker;
